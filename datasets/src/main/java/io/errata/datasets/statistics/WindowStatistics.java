package io.errata.datasets.statistics;

import static java.util.Objects.requireNonNull;

import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.window.GridRecall;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the windows of a data set are: how many there are to look at, how rare the positives among them, and which objects are out of
 * their reach.
 *
 * @param geometry which windows these are
 * @param levels one for each of its shapes
 * @param negatives windows labelled negative; those neither positive nor negative are ignored
 * @param classes one for each class of the data set, in its order
 * @param sizes one for each octave of the objects' sizes that holds any, the smallest first
 * @param gridRecall what share of the objects a window frames, at IoU ≥ 0.5 and ≥ 0.7
 */
public record WindowStatistics(
        WindowGeometry geometry,
        List<OfLevel> levels,
        long negatives,
        List<OfClass> classes,
        List<OfSize> sizes,
        GridRecall gridRecall) {

    public WindowStatistics {
        levels = List.copyOf(levels);
        classes = List.copyOf(classes);
        sizes = List.copyOf(sizes);
    }

    /**
     * One level's windows.
     *
     * @param shape the object size that they frame
     * @param windows how many there are on all images, whatever their label
     * @param positives those labelled positive
     */
    public record OfLevel(WindowShape shape, long windows, long positives) {}

    /**
     * The windows that frame the objects of one class.
     *
     * @param label the class name
     * @param positives windows labelled positive for an object of it
     * @param objects its objects that can be learned
     * @param reached those of them that at least one window frames closely enough to be positive, whatever object that window is
     *     labelled with
     */
    public record OfClass(String label, long positives, int objects, int reached) {

        /** The share of the objects that is reached, in [0, 1]; 1 where there is none. */
        public double reach() {
            return objects == 0 ? 1 : (double) reached / objects;
        }
    }

    /**
     * The objects of about one size, of all classes.
     *
     * @param from the least root of a box's area, in pixels
     * @param objects with at least this size and less than twice of it
     * @param reached those of them that at least one window frames closely enough to be positive
     */
    public record OfSize(double from, int objects, int reached) {}

    /** Counts the windows of a corpus. */
    public static WindowStatistics of(WindowCorpus corpus) {
        return new WindowStatistics(
                corpus.geometry(),
                levels(corpus),
                corpus.negatives(),
                classes(corpus),
                sizes(corpus),
                corpus.gridRecall());
    }

    /** All windows, whatever their label. */
    public long windows() {
        return levels.stream().mapToLong(OfLevel::windows).sum();
    }

    /** Windows labelled positive. */
    public long positives() {
        return levels.stream().mapToLong(OfLevel::positives).sum();
    }

    /** Windows neither positive nor negative. */
    public long ignored() {
        return windows() - positives() - negatives;
    }

    /** Negative windows for each positive one; NaN where there is no positive. */
    public double negativesPerPositive() {
        return positives() == 0 ? Double.NaN : (double) negatives / positives();
    }

    private static List<OfLevel> levels(WindowCorpus corpus) {
        long[] windows = new long[corpus.geometry().levels()];
        long[] positives = new long[windows.length];
        for (int image = 0; image < corpus.dataset().images().size(); image++) {
            for (int level = 0; level < windows.length; level++) {
                windows[level] += corpus.grid(image, level).windows();
            }
        }
        for (int i = 0; i < corpus.positives(); i++) {
            positives[WindowKey.level(corpus.positive(i))]++;
        }
        return IntStream.range(0, windows.length)
                .mapToObj(level -> new OfLevel(corpus.geometry().shapes().get(level), windows[level], positives[level]))
                .toList();
    }

    private static List<OfClass> classes(WindowCorpus corpus) {
        Dataset dataset = corpus.dataset();
        Map<String, Count> counts = new LinkedHashMap<>();
        dataset.classes().forEach(label -> counts.put(label, new Count()));
        learned(dataset).forEach(object -> of(object, counts).objects++);
        for (int i = 0; i < corpus.positives(); i++) {
            int image = WindowKey.image(corpus.positive(i));
            of(object(dataset, image, corpus.positiveObject(i)), counts).positives++;
        }
        corpus.unreached().forEach(one -> of(object(dataset, one.image(), one.object()), counts).unreached++);
        return counts.entrySet().stream()
                .map(entry -> entry.getValue().ofClass(entry.getKey()))
                .toList();
    }

    private static List<OfSize> sizes(WindowCorpus corpus) {
        Dataset dataset = corpus.dataset();
        Map<Integer, Count> counts = new TreeMap<>();
        learned(dataset).forEach(object -> counts.computeIfAbsent(octave(object), octave -> new Count()).objects++);
        corpus.unreached()
                .forEach(one ->
                        requireNonNull(counts.get(octave(object(dataset, one.image(), one.object())))).unreached++);
        return counts.entrySet().stream()
                .map(entry -> entry.getValue().ofSize(Math.scalb(1.0, entry.getKey())))
                .toList();
    }

    /** The power of two at or below an object's size. */
    private static int octave(GroundTruth object) {
        return Math.getExponent(Math.sqrt(object.box().area()));
    }

    private static Stream<GroundTruth> learned(Dataset dataset) {
        return dataset.images().stream()
                .flatMap(image -> image.objects().stream())
                .filter(object -> !object.ignored() && !object.box().isEmpty());
    }

    private static GroundTruth object(Dataset dataset, int image, int object) {
        return dataset.images().get(image).objects().get(object);
    }

    private static Count of(GroundTruth object, Map<String, Count> counts) {
        return counts.computeIfAbsent(object.label(), label -> new Count());
    }

    /** What was found of a class or size so far. */
    private static final class Count {
        private long positives;
        private int objects;
        private int unreached;

        OfClass ofClass(String label) {
            return new OfClass(label, positives, objects, objects - unreached);
        }

        OfSize ofSize(double from) {
            return new OfSize(from, objects, objects - unreached);
        }
    }
}
