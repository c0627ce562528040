package io.errata.core.clustering;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureMatrix;
import java.util.List;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * k-means with the initial centres of Arthur and Vassilvitskii 2007 (drawn in proportion to squared distance), as in
 * Commons Math; then Lloyd's steps. Of several starts the one with the smallest sum of squared distances to the
 * centres is kept. There is no noise.
 *
 * <p>There may be fewer than k clusters, above all where fewer than k rows are different. Costs O(restarts ·
 * iterations · n · k · d).
 *
 * @param k the number of clusters, ≥ 1 and at most one a row
 * @param seed of the draws
 * @param restarts the number of starts, ≥ 1
 * @param maxIterations the most of Lloyd's steps that a start takes, ≥ 1
 * @param distance between rows. With {@link Distance#COSINE} rows are scaled to length 1 and clustered by Euclidean
 *     distance: its square is twice the cosine distance
 */
public record KMeansPlusPlus(int k, long seed, int restarts, int maxIterations, Distance distance)
        implements Clustering {

    /** @throws IllegalArgumentException if a number is below 1 */
    public KMeansPlusPlus {
        requireNonNull(distance, "distance");
        new ArgumentChecks()
                .require(k >= 1, "k", "must be >= 1", k)
                .require(restarts >= 1, "restarts", "must be >= 1", restarts)
                .require(maxIterations >= 1, "maxIterations", "must be >= 1", maxIterations)
                .verify();
    }

    /**
     * With 10 starts of 300 steps at most and the Euclidean distance.
     *
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public static KMeansPlusPlus of(int k, long seed) {
        return new KMeansPlusPlus(k, seed, 10, 300, Distance.EUCLIDEAN);
    }

    /**
     * The same with another number of starts.
     *
     * @throws IllegalArgumentException if {@code restarts} is below 1
     */
    public KMeansPlusPlus withRestarts(int restarts) {
        return new KMeansPlusPlus(k, seed, restarts, maxIterations, distance);
    }

    /** The same with another distance. */
    public KMeansPlusPlus withDistance(Distance distance) {
        return new KMeansPlusPlus(k, seed, restarts, maxIterations, distance);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if there are fewer rows than clusters, or a row of zeros with
     *     {@link Distance#COSINE}
     */
    @Override
    public Clusters cluster(FeatureMatrix embeddings) {
        ArgumentChecks.check(k <= embeddings.size(), "k", "must be at most one a row, " + embeddings.size(), k);
        double[][] points = distance.points(embeddings);
        List<ClusterablePoint> rows = ClusterablePoint.of(points);
        KMeansPlusPlusClusterer<ClusterablePoint> clusterer =
                new KMeansPlusPlusClusterer<>(k, maxIterations, new EuclideanDistance(), new Well19937c(seed));
        List<CentroidCluster<ClusterablePoint>> best = clusterer.cluster(rows);
        double bestInertia = inertia(best);
        for (int start = 1; start < restarts; start++) {
            List<CentroidCluster<ClusterablePoint>> found = clusterer.cluster(rows);
            double inertia = inertia(found);
            if (inertia < bestInertia) {
                best = found;
                bestInertia = inertia;
            }
        }
        return Clusters.of(ClusterablePoint.assignment(best, points.length), points);
    }

    private static double inertia(List<CentroidCluster<ClusterablePoint>> clusters) {
        EuclideanDistance distance = new EuclideanDistance();
        double sum = 0;
        for (CentroidCluster<ClusterablePoint> cluster : clusters) {
            for (ClusterablePoint row : cluster.getPoints()) {
                double away =
                        distance.compute(row.getPoint(), cluster.getCenter().getPoint());
                sum += away * away;
            }
        }
        return sum;
    }
}
