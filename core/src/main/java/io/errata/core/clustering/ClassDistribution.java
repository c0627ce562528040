package io.errata.core.clustering;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;

/**
 * How classes are spread over clusters, and how well the two agree. Noise rows count as one more cluster, as in
 * scikit-learn: a clustering must not score higher by calling mixed rows noise.
 */
public final class ClassDistribution {

    private final int[] classes;
    /** {@code [clusters + 1][classes]}, the last row for noise. */
    private final int[][] counts;

    private final int rows;

    private ClassDistribution(int[] classes, int[][] counts, int rows) {
        this.classes = classes;
        this.counts = counts;
        this.rows = rows;
    }

    /**
     * Counts the classes of every cluster.
     *
     * @param clusters of n rows
     * @param classes {@code [n]}, the rows' classes, any numbers
     * @throws IllegalArgumentException if there is not one class a row
     */
    public static ClassDistribution of(Clusters clusters, int[] classes) {
        ArgumentChecks.check(
                classes.length == clusters.rows(), "classes", "must be one a row, " + clusters.rows(), classes.length);
        int[] distinct = Arrays.stream(classes).distinct().sorted().toArray();
        int[][] counts = new int[clusters.count() + 1][distinct.length];
        for (int row = 0; row < classes.length; row++) {
            int cluster = clusters.of(row) == Clusters.NOISE ? clusters.count() : clusters.of(row);
            counts[cluster][Arrays.binarySearch(distinct, classes[row])]++;
        }
        return new ClassDistribution(distinct, counts, classes.length);
    }

    /** The classes that occur, ascending; a copy. */
    public int[] classes() {
        return classes.clone();
    }

    /**
     * How many rows of each class, in the order of {@link #classes}, a cluster has; a copy.
     *
     * @param cluster a cluster, or {@link Clusters#NOISE}
     * @throws IndexOutOfBoundsException if there is no such cluster
     */
    public int[] counts(int cluster) {
        return counts[cluster == Clusters.NOISE ? counts.length - 1 : cluster].clone();
    }

    /**
     * The share of rows that are of the most common class of their cluster, in (0, 1]. It rises with the number of
     * clusters.
     */
    public double purity() {
        return Arrays.stream(counts)
                        .mapToInt(cluster -> Arrays.stream(cluster).max().orElse(0))
                        .sum()
                / (double) rows;
    }

    /**
     * The mutual information of clusters and classes over the mean of their entropies, in [0, 1]: 0 if they are
     * independent, 1 if they are the same except for their names. Strehl and Ghosh 2002 with the arithmetic mean, as
     * scikit-learn's {@code normalized_mutual_info_score}. 1 where there is one class and one cluster.
     */
    public double normalisedMutualInformation() {
        int[] ofClusters = Arrays.stream(counts)
                .mapToInt(cluster -> Arrays.stream(cluster).sum())
                .toArray();
        int[] ofClasses = new int[classes.length];
        double joint = 0;
        for (int[] cluster : counts) {
            joint += entropy(cluster);
            Arrays.setAll(ofClasses, i -> ofClasses[i] + cluster[i]);
        }
        double own = entropy(ofClusters) + entropy(ofClasses);
        return own == 0 ? 1 : Math.min(Math.max(2 * (own - joint) / own, 0), 1);
    }

    /** The sum of −p · log p over the shares that the counts are of all rows. */
    private double entropy(int[] counts) {
        double sum = 0;
        for (int count : counts) {
            double share = count / (double) rows;
            sum -= count == 0 ? 0 : share * Math.log(share);
        }
        return sum;
    }
}
