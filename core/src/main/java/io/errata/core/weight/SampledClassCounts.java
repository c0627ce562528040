package io.errata.core.weight;

import java.util.Arrays;

/**
 * How often training shows each class and background to the network, for losses that depend on class counts. Objects
 * are counted as they are drawn, so {@code sampling.class_balance} has its effect. All counts are in proportion to
 * each other.
 *
 * @param objects one a class
 * @param background patches without an object, at least 1
 */
public record SampledClassCounts(ClassCounts objects, long background) {

    /**
     * The counts of a run.
     *
     * @param objects how many objects of each class can be learned, each at least 1
     * @param classBalance classes are drawn with weight n^−this, n being their number of objects
     * @param negativesPerPositive patches of background for each object
     */
    public static SampledClassCounts of(long[] objects, double classBalance, double negativesPerPositive) {
        double[] weights = Arrays.stream(objects)
                .mapToDouble(n -> Math.pow((double) n, 1 - classBalance))
                .toArray();
        double total = (double) Arrays.stream(objects).sum();
        double scale = total / Arrays.stream(weights).sum();
        long[] counts = Arrays.stream(weights)
                .mapToLong(weight -> Math.max(1, Math.round(weight * scale)))
                .toArray();
        long background = Math.max(1, Math.round(total * negativesPerPositive));
        return new SampledClassCounts(ClassCounts.of(counts), background);
    }

    /** The classes, then background. */
    public ClassCounts withBackground() {
        long[] all = Arrays.copyOf(objects.counts().stream().mapToLong(n -> n).toArray(), objects.classes() + 1);
        all[objects.classes()] = background;
        return ClassCounts.of(all);
    }

    /** All patches. */
    public long examples() {
        return objects.counts().stream().mapToLong(n -> n).sum() + background;
    }
}
