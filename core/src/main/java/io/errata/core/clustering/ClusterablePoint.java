package io.errata.core.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.ml.clustering.Cluster;
import org.apache.commons.math3.ml.clustering.Clusterable;

/** A row for the clusterers of Commons Math. Equality is identity, since equal rows are still two rows. */
final class ClusterablePoint implements Clusterable {

    private final int index;
    private final double[] point;

    private ClusterablePoint(int index, double[] point) {
        this.index = index;
        this.point = point;
    }

    static List<ClusterablePoint> of(double[][] points) {
        List<ClusterablePoint> rows = new ArrayList<>(points.length);
        for (int i = 0; i < points.length; i++) {
            rows.add(new ClusterablePoint(i, points[i]));
        }
        return rows;
    }

    /** {@code [n]}: the position in {@code clusters} of the one that holds the row, or noise where none does. */
    static int[] assignment(List<? extends Cluster<ClusterablePoint>> clusters, int n) {
        int[] assignment = new int[n];
        Arrays.fill(assignment, Clusters.NOISE);
        for (int cluster = 0; cluster < clusters.size(); cluster++) {
            for (ClusterablePoint row : clusters.get(cluster).getPoints()) {
                assignment[row.index] = cluster;
            }
        }
        return assignment;
    }

    @Override
    public double[] getPoint() {
        return point;
    }
}
