package io.errata.datasets.statistics;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What is annotated on a data set's images. Sizes are those of the boxes, in pixels of their images; only objects that can be learned
 * (neither difficult nor ignored) are measured.
 *
 * @param images how many there are
 * @param backgrounds those without any annotation
 * @param classes one for each class of the data set, in its order
 * @param widths of the boxes
 * @param heights of the boxes
 * @param sizes roots of the boxes' areas
 * @param aspects widths over heights
 * @param objectsPerImage objects on each image
 */
public record DatasetStatistics(
        int images,
        int backgrounds,
        List<ClassStatistics> classes,
        Distribution widths,
        Distribution heights,
        Distribution sizes,
        Distribution aspects,
        Distribution objectsPerImage) {

    public DatasetStatistics {
        classes = List.copyOf(classes);
    }

    /** Counts and measures; no image is read. */
    public static DatasetStatistics of(Dataset dataset) {
        Map<String, OfClass> classes = new LinkedHashMap<>();
        dataset.classes().forEach(label -> classes.put(label, new OfClass()));
        DoubleStream.Builder perImage = DoubleStream.builder();
        OfClass all = new OfClass();
        int backgrounds = 0;
        for (AnnotatedImage image : dataset.images()) {
            int before = all.objects;
            for (GroundTruth object : image.objects()) {
                all.add(object, image);
                classes.computeIfAbsent(object.label(), label -> new OfClass()).add(object, image);
            }
            perImage.add(all.objects - before);
            backgrounds += image.objects().isEmpty() ? 1 : 0;
        }
        return new DatasetStatistics(
                dataset.images().size(),
                backgrounds,
                classes.entrySet().stream()
                        .map(entry -> entry.getValue().statistics(entry.getKey()))
                        .toList(),
                distribution(all.widths),
                distribution(all.heights),
                distribution(all.sizes),
                distribution(all.aspects),
                distribution(perImage));
    }

    /** Objects that can be learned, of all classes. */
    public int objects() {
        return classes.stream().mapToInt(ClassStatistics::objects).sum();
    }

    /** The class with the most objects, the first of several; empty where no class has any. */
    public Optional<ClassStatistics> commonest() {
        return classes.stream().filter(one -> one.objects() > 0).reduce((a, b) -> b.objects() > a.objects() ? b : a);
    }

    /** The class with the fewest objects but at least one, the first of several; empty where no class has any. */
    public Optional<ClassStatistics> rarest() {
        return classes.stream().filter(one -> one.objects() > 0).min(Comparator.comparingInt(ClassStatistics::objects));
    }

    private static Distribution distribution(DoubleStream.Builder values) {
        return Distribution.of(values.build().toArray());
    }

    /** What was found of a class so far; the values of an object in one packed array for each. */
    private static final class OfClass {
        private final DoubleStream.Builder widths = DoubleStream.builder();
        private final DoubleStream.Builder heights = DoubleStream.builder();
        private final DoubleStream.Builder sizes = DoubleStream.builder();
        private final DoubleStream.Builder aspects = DoubleStream.builder();
        private int objects;
        private int difficult;
        private int ignored;
        private int images;
        private String lastImage = "";

        void add(GroundTruth object, AnnotatedImage image) {
            Box box = object.box();
            if (object.crowd() || box.isEmpty()) {
                ignored++;
            } else if (object.difficult()) {
                difficult++;
            } else {
                images += image.name().equals(lastImage) ? 0 : 1;
                lastImage = image.name();
                objects++;
                widths.add(box.width());
                heights.add(box.height());
                sizes.add(Math.sqrt(box.area()));
                aspects.add(box.width() / box.height());
            }
        }

        ClassStatistics statistics(String label) {
            return new ClassStatistics(
                    label, images, objects, difficult, ignored, distribution(sizes), distribution(aspects));
        }
    }
}
