package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object a line, under a line that names the columns in any order: {@code filename}, {@code class}, {@code xmin}, {@code ymin},
 * {@code xmax}, {@code ymax}, and where wanted {@code width} and {@code height} of the image (TensorFlow's object detection CSV). The names
 * that other tools give to these columns are understood too, as are boxes of a corner or the centre with width and height and those in one
 * column {@code bbox}; {@code IsGroupOf} makes a crowd and {@code difficult} is a flag; other columns are passed over. Where all
 * coordinates of a file are fractions they are fractions of the image. A line without class and box makes an image of background. Columns
 * are separated by commas, semicolons or tabs. Fields may stand in double quotes. Images lie where COCO's do ({@link Coco}).
 */
public final class Csv implements AnnotationFormat {

    private static final Csv FORMAT = new Csv();

    private Csv() {}

    /** The format, for {@link DatasetWriter} and for lists. */
    public static AnnotationFormat format() {
        return FORMAT;
    }

    /**
     * A data set whose images lie beside the CSV file, or in a folder {@code images} there or one up.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path csv) {
        return inspect(csv, null, ReadOptions.defaults()).orThrow();
    }

    /**
     * Reads what is valid and reports what is not.
     *
     * @param images the folder of the images, or {@code null} as for {@link #read(Path)}
     */
    public static Reading inspect(Path csv, @Nullable Path images, ReadOptions options) {
        return CsvReader.read(csv, images, options);
    }

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String description() {
        return "CSV with the columns filename, class, xmin, ymin, xmax, ymax";
    }

    @Override
    public String target() {
        return "FILE.csv";
    }

    @Override
    public Part part() {
        return Part.IMAGES;
    }

    @Override
    public Reading read(DatasetLocation location, ReadOptions options) {
        return inspect(location.path(), location.images(), options);
    }

    @Override
    public Optional<AnnotationWriter> writer() {
        return Optional.of(new CsvWriter());
    }
}
