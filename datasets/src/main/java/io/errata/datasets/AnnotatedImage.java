package io.errata.datasets;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import io.errata.datasets.image.ImageSource;
import java.nio.file.Path;
import java.util.List;

/**
 * An image and the objects annotated on it.
 *
 * @param name a name unique in its dataset, shown to people: the file's path relative to the dataset's folder
 * @param source reads the pixels
 * @param width in pixels
 * @param height in pixels
 * @param objects the annotated objects; none means an image of background
 */
public record AnnotatedImage(String name, ImageSource source, int width, int height, List<GroundTruth> objects) {

    public AnnotatedImage {
        requireNonNull(name, "name");
        requireNonNull(source, "source");
        objects = List.copyOf(objects);
        new ArgumentChecks()
                .require(width > 0, "width of " + name, "must be > 0", width)
                .require(height > 0, "height of " + name, "must be > 0", height)
                .verify();
    }

    /**
     * An image file and the objects on it; its size is read from its header.
     *
     * @throws io.errata.core.problem.InvalidInputException if the file is missing or no image
     */
    public static AnnotatedImage of(Path file, List<GroundTruth> objects) {
        ImageSize size = ImageFile.size(file);
        return new AnnotatedImage(file.toString(), new ImageFile(file), size.width(), size.height(), objects);
    }

    /** The same image with its objects' boxes cut off at its edges; those that lie beyond are left out. */
    public AnnotatedImage clipped() {
        boolean within = objects.stream().allMatch(object -> object.isWithin(width, height));
        return within
                ? this
                : withObjects(objects.stream()
                        .map(object -> object.clippedTo(width, height))
                        .filter(object -> !object.box().isEmpty())
                        .toList());
    }

    /** The same image with other objects. */
    public AnnotatedImage withObjects(List<GroundTruth> others) {
        return new AnnotatedImage(name, source, width, height, others);
    }
}
