package io.errata.core.clustering;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Chooses the best rows, but no more than a quota from any one cluster, so that the choice is hard and varied. Every
 * noise row is a cluster of its own, without a quota; only {@code maxRows} limits noise.
 */
public final class ClusterQuota {

    private ClusterQuota() {}

    /**
     * The best rows within the quota.
     *
     * @param scores {@code [n]}, finite, higher first; of equal ones the lower index
     * @param clusters {@code [n]}, any numbers from 0 on, or {@link Clusters#NOISE}
     * @param perCluster how many rows a cluster may give, ≥ 1
     * @param maxRows how many rows to choose at most, ≥ 0; {@link Integer#MAX_VALUE} for no limit but the quota
     * @return the rows chosen, by descending score, then ascending index; empty where n is 0
     * @throws IllegalArgumentException if lengths do not agree or a number is out of range
     */
    public static int[] pick(float[] scores, int[] clusters, int perCluster, int maxRows) {
        ArgumentChecks checks = new ArgumentChecks();
        checks.require(
                clusters.length == scores.length, "clusters", "must be one a score, " + scores.length, clusters.length);
        checks.requireFinite("scores", scores);
        Clusters.requireAssignment(checks, clusters);
        checks.require(perCluster >= 1, "perCluster", "must be >= 1", perCluster);
        checks.require(maxRows >= 0, "maxRows", "must be >= 0", maxRows).verify();
        Map<Integer, Integer> taken = new HashMap<>();
        return byDescendingScore(scores)
                .filter(row ->
                        clusters[row] == Clusters.NOISE || taken.merge(clusters[row], 1, Integer::sum) <= perCluster)
                .limit(maxRows)
                .toArray();
    }

    private static IntStream byDescendingScore(float[] scores) {
        Integer[] rows = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(rows, Comparator.comparingDouble(row -> 0f - scores[row])); // stable; −0 is 0
        return Arrays.stream(rows).mapToInt(row -> row);
    }
}
