package io.errata.core.resampling;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import java.util.Objects;

/**
 * Feature vectors of one dimension, {@code [N, D]}, in one flat array; N may be 0. Every value is finite.
 *
 * <p>Immutable and thread-safe: the array is copied once on its way in.
 */
public final class FeatureMatrix {

    private static final int MAX_REPORTED = 10;

    private final float[] values;
    private final int dimension;

    private FeatureMatrix(float[] values, int dimension) {
        this.values = values;
        this.dimension = dimension;
    }

    /**
     * A matrix of a copy of {@code values}.
     *
     * @param values row after row, N·D numbers
     * @param dimension D, features in a row
     * @throws IllegalArgumentException if {@code dimension} is below 1, the values do not fill whole rows, or one is
     *     not finite
     */
    public static FeatureMatrix of(float[] values, int dimension) {
        checks(values, dimension).verify();
        return wrap(values.clone(), dimension);
    }

    /** A matrix of {@code values} itself, not copied. They must be valid and must not change. */
    static FeatureMatrix wrap(float[] values, int dimension) {
        return new FeatureMatrix(values, dimension);
    }

    /**
     * Checks the arguments of {@link #of}; more checks can be added. Of many values that are not finite, names the
     * first ones.
     */
    static ArgumentChecks checks(float[] values, int dimension) {
        ArgumentChecks checks = new ArgumentChecks().require(dimension >= 1, "dimension", "must be >= 1", dimension);
        if (!checks.isValid()) {
            return checks;
        }
        checks.require(
                values.length % dimension == 0,
                "values",
                "must fill rows of " + dimension + " features",
                values.length);
        int notFinite = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i]) && notFinite++ < MAX_REPORTED) {
                String found = values[i] + " in row " + i / dimension + ", feature " + i % dimension;
                checks.require(false, "features", "must be finite", found);
            }
        }
        if (notFinite > MAX_REPORTED) {
            checks.require(false, "features", "must be finite", (notFinite - MAX_REPORTED) + " more that are not");
        }
        return checks;
    }

    /** N, how many rows there are. */
    public int size() {
        return values.length / dimension;
    }

    /** D, how many features a row has. */
    public int dimension() {
        return dimension;
    }

    /**
     * One feature of one row.
     *
     * @throws IndexOutOfBoundsException if there is no such row or feature
     */
    public float value(int row, int feature) {
        return values[row * dimension + Objects.checkIndex(feature, dimension)];
    }

    /** A copy of all values, row after row. */
    public float[] values() {
        return values.clone();
    }

    /**
     * The rows at {@code rows}, in that order; one may be asked for more than once.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public FeatureMatrix select(int[] rows) {
        float[] selected = new float[Math.multiplyExact(rows.length, dimension)];
        for (int i = 0; i < rows.length; i++) {
            copyRow(rows[i], selected, i);
        }
        return wrap(selected, dimension);
    }

    private void copyRow(int row, float[] into, int at) {
        System.arraycopy(values, row * dimension, into, at * dimension, dimension);
    }

    /** All values, followed by room for {@code extra} more rows. */
    float[] valuesWithRoomFor(int extra) {
        return Arrays.copyOf(values, values.length + extra * dimension);
    }

    /** {@code [N, D]}, as in {@code FeatureMatrix[1200, 64]}. */
    @Override
    public String toString() {
        return "FeatureMatrix[" + size() + ", " + dimension + "]";
    }
}
