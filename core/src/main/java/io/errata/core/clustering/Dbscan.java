package io.errata.core.clustering;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureMatrix;
import org.apache.commons.math3.ml.clustering.DBSCANClusterer;

/**
 * DBSCAN of Commons Math: clusters are dense groups of rows, of any shape and number; other rows are noise. Ester,
 * Kriegel, Sander and Xu 1996. A row on the border of two clusters joins the one whose first core row comes first.
 *
 * <p>Every row is compared with every other: O(n² · d), 30 seconds for ten thousand rows of 128 numbers; memory O(n ·
 * d).
 *
 * @param eps the largest distance of a neighbour, inclusive, > 0 and finite, in the units of {@code distance}
 * @param minPoints how many rows must be within {@code eps} of a core row, ≥ 1; the row itself counts, as in the paper
 *     and in scikit-learn (Commons Math does not count it)
 * @param distance distance between rows
 */
public record Dbscan(double eps, int minPoints, Distance distance) implements Clustering {

    /** @throws IllegalArgumentException if a number is out of range */
    public Dbscan {
        requireNonNull(distance, "distance");
        new ArgumentChecks()
                .require(eps > 0 && eps < Double.POSITIVE_INFINITY, "eps", "must be > 0 and finite", eps)
                .require(minPoints >= 1, "minPoints", "must be >= 1", minPoints)
                .verify();
    }

    /**
     * With the Euclidean distance.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Dbscan of(double eps, int minPoints) {
        return new Dbscan(eps, minPoints, Distance.EUCLIDEAN);
    }

    /** The same with another distance, in whose units {@code eps} then is. */
    public Dbscan withDistance(Distance distance) {
        return new Dbscan(eps, minPoints, distance);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if there is a row of zeros with {@link Distance#COSINE}
     */
    @Override
    public Clusters cluster(FeatureMatrix embeddings) {
        double[][] points = distance.points(embeddings);
        DBSCANClusterer<ClusterablePoint> clusterer = new DBSCANClusterer<>(eps, minPoints - 1, distance.measure());
        return Clusters.of(
                ClusterablePoint.assignment(clusterer.cluster(ClusterablePoint.of(points)), points.length), points);
    }
}
