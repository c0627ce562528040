package io.errata.datasets.statistics;

import java.util.Arrays;

/** Measured values, for their quantiles. Immutable. */
public final class Distribution {

    private final double[] ascending;

    private Distribution(double[] ascending) {
        this.ascending = ascending;
    }

    /**
     * The distribution of these values; none is fine.
     *
     * @param values copied
     * @throws IllegalArgumentException if one is NaN
     */
    public static Distribution of(double... values) {
        double[] ascending = values.clone();
        for (double value : ascending) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("values must be numbers, found NaN");
            }
        }
        Arrays.sort(ascending);
        return new Distribution(ascending);
    }

    /** How many values there are. */
    public int count() {
        return ascending.length;
    }

    /** The mean; NaN where there is no value. */
    public double mean() {
        return Arrays.stream(ascending).average().orElse(Double.NaN);
    }

    /**
     * A quantile, between two values by linear interpolation (R's type 7, NumPy's default); NaN where there is no value.
     *
     * @param share of the values below it, in [0, 1]: 0 the smallest, 0.5 the median, 1 the largest
     */
    public double quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in [0, 1], found " + share);
        }
        if (ascending.length == 0) {
            return Double.NaN;
        }
        double at = share * (ascending.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
    }

    /**
     * How many values lie between neighbouring edges.
     *
     * @param edges ascending; a value on one counts above it, on the last one below it
     * @return one count fewer than there are edges
     */
    public int[] histogram(double... edges) {
        int[] counts = new int[Math.max(0, edges.length - 1)];
        for (double value : ascending) {
            int at = Arrays.binarySearch(edges, value);
            int bin = at >= 0 ? Math.min(at, counts.length - 1) : -at - 2;
            if (bin >= 0 && bin < counts.length) {
                counts[bin]++;
            }
        }
        return counts;
    }
}
