package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CVAT's XML, as its export "CVAT for images 1.1" gives it. An object is a {@code <box>}, {@code <polygon>}, {@code <ellipse>},
 * {@code <mask>} or {@code <cuboid>}; its box encloses the shape, also a rotated one, and its area is the shape's. Rotated boxes, ellipses
 * and cuboids may reach beyond their image and are clipped. An object that is {@code outside} is not there, and one that is
 * {@code occluded} is an ordinary object. The attributes {@code difficult} and {@code is_crowd} are flags where they are {@code true};
 * other attributes have no meaning here.
 *
 * <p>{@code <polyline>}, {@code <points>} and {@code <skeleton>} are no boxes, and a problem each. What they cover is a region to be
 * ignored; where they cover nothing, such as a single point, their image is left out, as nobody knows how large the object is. A
 * {@code <tag>} is a problem too, and an image that has nothing else is left out. Tracks of "CVAT for video 1.1" name no image files and
 * are refused.
 *
 * <p>Classes are the labels of the task, job or project in their order, but for those that are no boxes; where the file lists none, those
 * found, in the order of their names. Images lie where COCO's do ({@link Coco}), also in a folder of their subset, as exports of projects
 * have them; a name without ending, as frames of videos have, means the image file that is called so. Images that the file does not name
 * are no part of the set, and so are frames deleted in CVAT, which its export leaves out.
 */
public final class Cvat implements AnnotationFormat {

    private static final Cvat FORMAT = new Cvat();

    private Cvat() {}

    /** The format, for {@link DatasetWriter} and for lists. */
    public static AnnotationFormat format() {
        return FORMAT;
    }

    /**
     * A data set whose images lie beside the XML file, or in a folder {@code images} there or one up.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path xml) {
        return inspect(xml, null, ReadOptions.defaults()).orThrow();
    }

    /**
     * A data set whose images lie in a folder of their own.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path xml, Path images) {
        return inspect(xml, images, ReadOptions.defaults()).orThrow();
    }

    /**
     * Reads what is valid and reports what is not.
     *
     * @param images the folder of the images, or {@code null} as for {@link #read(Path)}
     */
    public static Reading inspect(Path xml, @Nullable Path images, ReadOptions options) {
        return CvatReader.read(xml, images, options);
    }

    @Override
    public String name() {
        return "cvat";
    }

    @Override
    public String description() {
        return "XML of \"CVAT for images 1.1\"";
    }

    @Override
    public String target() {
        return "FILE.xml";
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
        return Optional.of(new CvatWriter());
    }
}
