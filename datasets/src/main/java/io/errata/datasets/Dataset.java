package io.errata.datasets;

import io.errata.core.problem.ArgumentChecks;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Annotated images and the classes annotated on them. Immutable; holds no pixels.
 *
 * @param classes the class names, in the order of their indices; every object's label is one of them
 * @param images the images, in a fixed order
 */
public record Dataset(List<String> classes, List<AnnotatedImage> images) {

    public Dataset {
        classes = List.copyOf(classes);
        images = List.copyOf(images);
        Set<String> known = Set.copyOf(classes);
        for (AnnotatedImage image : images) {
            for (GroundTruth object : image.objects()) {
                if (!known.contains(object.label())) {
                    ArgumentChecks.check(
                            false,
                            "label on image " + image.name(),
                            "must be one of the classes " + classes,
                            object.label());
                }
            }
        }
    }

    /** Images with the classes found on them, in the order of their names. */
    public static Dataset of(List<AnnotatedImage> images) {
        List<String> classes = images.stream()
                .flatMap(image -> image.objects().stream())
                .map(GroundTruth::label)
                .distinct()
                .sorted()
                .toList();
        return new Dataset(classes, images);
    }

    /** Only the images that pass; the classes stay. */
    public Dataset filter(Predicate<AnnotatedImage> images) {
        return new Dataset(classes, this.images.stream().filter(images).toList());
    }

    /** Only the objects of these classes, in this order; images left without an object stay, as background. */
    public Dataset withClasses(List<String> wanted) {
        Set<String> kept = wanted.stream().collect(Collectors.toSet());
        return new Dataset(
                wanted,
                images.stream()
                        .map(image -> image.withObjects(image.objects().stream()
                                .filter(object -> kept.contains(object.label()))
                                .toList()))
                        .toList());
    }

    /** The same with every box cut off at the edges of its image; one that lies beyond is left out. For training and for writing. */
    public Dataset clipped() {
        return new Dataset(classes, images.stream().map(AnnotatedImage::clipped).toList());
    }

    /** The number of objects, crowd and difficult ones included. */
    public int objectCount() {
        return images.stream().mapToInt(image -> image.objects().size()).sum();
    }
}
