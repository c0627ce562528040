package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import java.nio.file.Path;

/**
 * LabelMe's JSON: one file for each image, anywhere below a folder, with the image where its {@code imagePath} says, which stands relative to
 * the file. An object is a {@code rectangle}, {@code polygon}, {@code circle}, {@code mask} or {@code rotation}; its box encloses the
 * shape, and its area is the shape's. Shapes of one label and one {@code group_id} are one object in parts. A flag {@code difficult} is one
 * here; other flags have no meaning. Circles and rotated boxes may reach beyond their image and are clipped.
 *
 * <p>{@code line}, {@code linestrip}, {@code point} and {@code points} are no boxes, and a problem each. What they cover is a region to be
 * ignored; where they cover nothing their image is left out. Images within the JSON files ({@code imageData}) are not read. An image without
 * a JSON file is no part of the set, and a JSON file without shapes makes an image of background. Classes are those found, in the order of
 * their names; an image's name is its path relative to the folder. Only read.
 */
public final class Labelme implements AnnotationFormat {

    private static final Labelme FORMAT = new Labelme();

    private Labelme() {}

    /** The format, for lists. */
    public static AnnotationFormat format() {
        return FORMAT;
    }

    /**
     * All annotated images of a folder.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path folder) {
        return inspect(folder, ReadOptions.defaults()).orThrow();
    }

    /** Reads what is valid and reports what is not. */
    public static Reading inspect(Path folder, ReadOptions options) {
        return LabelmeReader.read(folder, options);
    }

    @Override
    public String name() {
        return "labelme";
    }

    @Override
    public String description() {
        return "LabelMe's JSON files and their images";
    }

    @Override
    public String target() {
        return "DIR";
    }

    @Override
    public Reading read(DatasetLocation location, ReadOptions options) {
        return inspect(location.path(), options);
    }
}
