package io.errata.datasets.format;

import java.nio.file.Path;
import java.util.Locale;

/** The formats that data sets are written in; {@link DatasetSpec} has the same names. */
public enum DatasetFormat {
    /**
     * {@code annotations.json} beside {@code images/}. Keeps areas and the order of the classes. A difficult object becomes a crowd,
     * the only flag there is. A box is exact where its width and height are, else to the last bit.
     */
    COCO,

    /**
     * {@code Annotations/}, {@code JPEGImages/} and {@code ImageSets/Main/trainval.txt}. Coordinates are continuous, with as many digits as
     * they need, and exact; those of the VOC challenges were whole, counted from 1 and inclusive. A crowd becomes difficult.
     */
    VOC,

    /**
     * {@code data.yaml}, {@code images/} and {@code labels/}. Keeps the order of the classes. Fractions have 12 decimals: boxes are exact
     * within 1e-6 pixels on images of up to a million. Objects to be ignored are left out, as there is no flag for them.
     */
    YOLO,

    /** {@code annotations.xml} beside {@code images/}. Boxes are rounded to whole pixels, the only ones dlib reads. Keeps both flags. */
    DLIB,

    /** {@code annotations.csv} beside {@code images/}. Boxes are exact. Objects to be ignored are left out, as there is no flag for them. */
    CSV;

    AnnotationWriter writer() {
        return switch (this) {
            case COCO -> new CocoWriter();
            case VOC -> new VocWriter();
            case YOLO -> new YoloWriter();
            case DLIB -> new DlibWriter();
            case CSV -> new CsvWriter();
        };
    }

    /** The SPEC of a data set written into this folder. */
    String spec(Path folder) {
        return name().toLowerCase(Locale.ROOT) + ":" + writer().named(folder);
    }
}
