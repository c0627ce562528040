package io.errata.datasets.format;

import io.errata.datasets.GroundTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the annotations of one format beside images that are written already. Stateless. */
interface AnnotationWriter {

    /** The folder of the images, relative to the data set's. */
    default String imageFolder() {
        return "images";
    }

    /** Whether all images lie in one folder. */
    default boolean isFlat() {
        return false;
    }

    /** The flags of objects that the format has. */
    Flags flags();

    /** Writes all annotations. Names and classes are plain, boxes sound, and all objects such as the format can hold. */
    void write(Path folder, List<String> classes, List<OutputImage> images) throws IOException;

    /** The file or folder that a SPEC names, in this folder. */
    Path named(Path folder);

    /** Which flags of objects a format has. */
    enum Flags {
        NONE,
        DIFFICULT,
        CROWD,
        BOTH;

        /** Whether the format can hold the object: as it is, or as one that is to be ignored. */
        boolean hold(GroundTruth object) {
            return this != NONE || !object.ignored();
        }

        /** The object with the flag that the format has, so that whoever ignores it goes on to. */
        GroundTruth of(GroundTruth object) {
            boolean ignored = object.ignored();
            return switch (this) {
                case DIFFICULT -> new GroundTruth(object.label(), object.box(), object.area(), ignored, false);
                case CROWD -> new GroundTruth(object.label(), object.box(), object.area(), false, ignored);
                default -> object;
            };
        }
    }
}
