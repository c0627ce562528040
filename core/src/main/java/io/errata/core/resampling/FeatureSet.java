package io.errata.core.resampling;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Feature vectors with the class of each. A class is any number; of two classes, 1 is usually the positive and 0 the
 * negative one.
 *
 * <p>Immutable and thread-safe.
 */
public final class FeatureSet {

    private final FeatureMatrix features;
    private final int[] labels;

    private FeatureSet(FeatureMatrix features, int[] labels) {
        this.features = features;
        this.labels = labels;
    }

    /**
     * A set of copies of {@code values} and {@code labels}.
     *
     * @param values row after row, N·D numbers
     * @param dimension D, features in a row
     * @param labels the class of each row, N numbers
     * @throws IllegalArgumentException with every problem: a dimension below 1, values that do not fill whole rows,
     *     one that is not finite, labels that are not one a row
     */
    public static FeatureSet of(float[] values, int dimension, int[] labels) {
        ArgumentChecks checks = FeatureMatrix.checks(values, dimension);
        if (dimension >= 1) {
            int rows = values.length / dimension;
            checks.require(labels.length == rows, "labels", "must be one a row, " + rows, labels.length);
        }
        checks.verify();
        return wrap(values.clone(), dimension, labels.clone());
    }

    /** A set of the arrays themselves, not copied. They must be valid and must not change. */
    static FeatureSet wrap(float[] values, int dimension, int[] labels) {
        return new FeatureSet(FeatureMatrix.wrap(values, dimension), labels);
    }

    /** The rows without their classes. */
    public FeatureMatrix features() {
        return features;
    }

    /** How many rows there are. */
    public int size() {
        return labels.length;
    }

    /** The class of a row. */
    public int label(int row) {
        return labels[row];
    }

    /** A copy of the classes of all rows. */
    public int[] labels() {
        return labels.clone();
    }

    /** How many rows each class has, by rising class; a class without rows is not in it. */
    public SortedMap<Integer, Integer> counts() {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (int label : labels) {
            counts.merge(label, 1, Integer::sum);
        }
        return Collections.unmodifiableSortedMap(counts);
    }

    /** The rows of a class, rising; none where the class is absent. */
    public int[] rowsOf(int label) {
        return IntStream.range(0, labels.length)
                .filter(row -> labels[row] == label)
                .toArray();
    }

    /**
     * The rows at {@code rows}, in that order; one may be asked for more than once.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public FeatureSet select(int[] rows) {
        return new FeatureSet(
                features.select(rows),
                Arrays.stream(rows).map(row -> labels[row]).toArray());
    }

    /** Size and classes, as in {@code FeatureSet[1200, 64, {0=1100, 1=100}]}. */
    @Override
    public String toString() {
        return "FeatureSet[" + size() + ", " + features.dimension() + ", " + counts() + "]";
    }
}
