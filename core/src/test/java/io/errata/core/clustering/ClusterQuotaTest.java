package io.errata.core.clustering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterQuotaTest {

    private static final int ALL = Integer.MAX_VALUE;

    @Test
    void takesTheBestOfEveryCluster() {
        float[] scores = {0.9f, 0.8f, 0.7f, 0.6f, 0.5f};
        int[] clusters = {3, 3, 3, 0, 0};

        assertThat(ClusterQuota.pick(scores, clusters, 1, ALL)).containsExactly(0, 3);
        assertThat(ClusterQuota.pick(scores, clusters, 2, ALL)).containsExactly(0, 1, 3, 4);
    }

    @Test
    void everyNoiseRowIsAClusterOfItsOwn() {
        float[] scores = {1, 2, 3, 4};
        int[] clusters = {-1, -1, 0, 0};

        assertThat(ClusterQuota.pick(scores, clusters, 1, ALL)).containsExactly(3, 1, 0);
    }

    @Test
    void ofEqualScoresTheLowerIndexComesFirst() {
        float[] scores = {0f, -0f, 0f};

        assertThat(ClusterQuota.pick(scores, new int[] {1, 1, 1}, 2, ALL)).containsExactly(0, 1);
    }

    @Test
    void chosenAreNoMoreThanAskedFor() {
        float[] scores = {1, 2, 3};

        assertThat(ClusterQuota.pick(scores, new int[] {0, 1, 2}, 5, 2)).containsExactly(2, 1);
        assertThat(ClusterQuota.pick(scores, new int[] {0, 1, 2}, 5, 0)).isEmpty();
        assertThat(ClusterQuota.pick(new float[0], new int[0], 1, ALL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsLeftOutIsNoBetterThanItsClustersWorstChosen(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] scores = new float[300];
        int[] clusters = new int[300];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = (float) random.nextDouble();
            clusters[row] = (int) (6 * random.nextDouble());
        }

        int[] picked = ClusterQuota.pick(scores, clusters, 7, ALL);

        assertThat(picked).hasSize(42).doesNotHaveDuplicates();
        for (int cluster = 0; cluster < 6; cluster++) {
            int wanted = cluster;
            double worst = Arrays.stream(picked)
                    .filter(row -> clusters[row] == wanted)
                    .mapToDouble(row -> scores[row])
                    .min()
                    .orElseThrow();
            long better = 0;
            for (int row = 0; row < scores.length; row++) {
                better += clusters[row] == cluster && scores[row] >= worst ? 1 : 0;
            }
            assertThat(better).as("seed %d, cluster %d", seed, cluster).isEqualTo(7);
        }
    }
}
