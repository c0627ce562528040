package io.errata.core.clustering;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureMatrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which cluster every row is in. Clusters are numbered 0, 1, … by their first rows, so that the numbers depend only on
 * which rows are together. No cluster is empty. A row that is in no cluster is noise.
 */
public final class Clusters {

    /** The cluster number of a row that is in no cluster. */
    public static final int NOISE = -1;

    private final int[] assignment;
    private final int[] sizes;
    private final double[][] centres;

    private Clusters(int[] assignment, int[] sizes, double[][] centres) {
        this.assignment = assignment;
        this.sizes = sizes;
        this.centres = centres;
    }

    /**
     * Clusters found elsewhere.
     *
     * @param assignment {@code [n]}: for each row any number from 0 on, equal for rows that are together, or
     *     {@link #NOISE}
     * @param embeddings {@code [n, d]}, for the centres
     * @throws IllegalArgumentException if there is not one number a row, or one is below −1
     */
    public static Clusters of(int[] assignment, FeatureMatrix embeddings) {
        ArgumentChecks checks = new ArgumentChecks();
        checks.require(
                assignment.length == embeddings.size(),
                "assignment",
                "must be one a row, " + embeddings.size(),
                assignment.length);
        Clusters.requireAssignment(checks, assignment);
        checks.verify();
        return of(assignment, Points.of(embeddings));
    }

    /** Notes the first row that is neither in a cluster nor noise. */
    static void requireAssignment(ArgumentChecks checks, int[] clusters) {
        for (int row = 0; row < clusters.length; row++) {
            if (clusters[row] < NOISE) {
                checks.require(false, "clusters", "must be >= 0, or -1 for noise", clusters[row] + " in row " + row);
                return;
            }
        }
    }

    static Clusters of(int[] assignment, double[][] points) {
        Map<Integer, Integer> numbers = new HashMap<>();
        int[] renumbered = new int[assignment.length];
        for (int row = 0; row < assignment.length; row++) {
            int next = numbers.size();
            renumbered[row] = assignment[row] == NOISE ? NOISE : numbers.computeIfAbsent(assignment[row], key -> next);
        }
        int[] sizes = new int[numbers.size()];
        Arrays.stream(renumbered).filter(cluster -> cluster != NOISE).forEach(cluster -> sizes[cluster]++);
        return new Clusters(renumbered, sizes, centres(renumbered, sizes, points));
    }

    private static double[][] centres(int[] assignment, int[] sizes, double[][] points) {
        double[][] centres = new double[sizes.length][points[0].length];
        for (int row = 0; row < assignment.length; row++) {
            if (assignment[row] != NOISE) {
                double[] centre = centres[assignment[row]];
                for (int i = 0; i < centre.length; i++) {
                    centre[i] += points[row][i] / sizes[assignment[row]];
                }
            }
        }
        return centres;
    }

    /** How many rows there are, n. */
    public int rows() {
        return assignment.length;
    }

    /** How many clusters there are; 0 where all is noise. */
    public int count() {
        return sizes.length;
    }

    /**
     * The cluster that a row is in, or {@link #NOISE}.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public int of(int row) {
        return assignment[row];
    }

    /** {@code [n]}: the cluster that each row is in, or {@link #NOISE}; a copy. */
    public int[] assignment() {
        return assignment.clone();
    }

    /**
     * How many rows a cluster has, ≥ 1.
     *
     * @throws IndexOutOfBoundsException if there is no such cluster
     */
    public int size(int cluster) {
        return sizes[cluster];
    }

    /** How many rows are in no cluster. */
    public int noise() {
        return rows() - Arrays.stream(sizes).sum();
    }

    /**
     * The mean of a cluster's rows, {@code [d]}; a copy. Of rows that were normalised for the cosine distance it is
     * the mean of these, which is shorter than 1.
     *
     * @throws IndexOutOfBoundsException if there is no such cluster
     */
    public double[] centre(int cluster) {
        return centres[cluster].clone();
    }
}
