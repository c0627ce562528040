package io.errata.core.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.resampling.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClusteringTest {

    /** Two pairs of twins, far apart, and a row between them. */
    private static final FeatureMatrix PAIRS = FeatureMatrix.of(new float[] {0, 0, 9, 9, 0, 1, 9, 8, 4, 4}, 2);

    static List<Fixture> kMeans() {
        return Fixture.of("k-means");
    }

    @ParameterizedTest
    @MethodSource("kMeans")
    void kMeansIsWithinAPercentOfScikitLearnsBestOfTen(Fixture fixture) {
        FeatureMatrix embeddings = fixture.embeddings((int) fixture.list(0)[0]);

        Clusters found = KMeansPlusPlus.of((int) fixture.list(0)[1], 7).cluster(embeddings);

        assertThat(found.noise()).isZero();
        assertThat(inertia(Points.of(embeddings), found)).isLessThanOrEqualTo(1.01 * fixture.list(2)[0]);
    }

    private static double inertia(double[][] points, Clusters clusters) {
        double sum = 0;
        for (int row = 0; row < points.length; row++) {
            double[] centre = clusters.centre(clusters.of(row));
            for (int i = 0; i < centre.length; i++) {
                sum += (points[row][i] - centre[i]) * (points[row][i] - centre[i]);
            }
        }
        return sum;
    }

    static List<Fixture> dbscan() {
        return Fixture.of("dbscan");
    }

    @ParameterizedTest
    @MethodSource("dbscan")
    void dbscanFindsScikitLearnsClustersAndNoise(Fixture fixture) {
        double[] settings = fixture.list(0);
        FeatureMatrix embeddings = fixture.embeddings((int) settings[0]);

        Clusters found = new Dbscan(settings[1], (int) settings[2], fixture.distance()).cluster(embeddings);

        assertThat(found.assignment())
                .isEqualTo(Clusters.of(fixture.whole(2), embeddings).assignment());
    }

    @Test
    void theSameSeedGivesTheSameClusters() {
        FeatureMatrix blobs = Fixture.of("k-means").get(0).embeddings(4);
        KMeansPlusPlus settings = KMeansPlusPlus.of(12, 3).withRestarts(1);

        assertThat(settings.cluster(blobs).assignment())
                .isEqualTo(settings.cluster(blobs).assignment());
    }

    @Test
    void clustersAreNumberedAsTheirRowsComeAndHaveSizesAndCentres() {
        Clusters found = KMeansPlusPlus.of(2, 1).cluster(PAIRS);

        assertThat(found.assignment()).containsExactly(0, 1, 0, 1, 0);
        assertThat(found.rows()).isEqualTo(5);
        assertThat(found.size(0)).isEqualTo(3);
        assertThat(found.size(1)).isEqualTo(2);
        assertThat(found.centre(1)).containsExactly(9, 8.5);
    }

    @Test
    void rowsInNoClusterAreNoise() {
        Clusters found = Dbscan.of(1, 2).cluster(PAIRS);

        assertThat(found.assignment()).containsExactly(0, 1, 0, 1, Clusters.NOISE);
        assertThat(found.noise()).isEqualTo(1);
        assertThat(found.centre(0)).containsExactly(0, 0.5);
    }

    @Test
    void allMayBeNoise() {
        Clusters found = Dbscan.of(0.5, 2).cluster(PAIRS);

        assertThat(found.count()).isZero();
        assertThat(found.noise()).isEqualTo(5);
    }

    @Test
    void cosineSeesDirectionsOnly() {
        FeatureMatrix rays = FeatureMatrix.of(new float[] {1, 0, 0, 0x1p-60f, 0x1p60f, 0x1p50f, 0, 5}, 2);

        assertThat(KMeansPlusPlus.of(2, 1)
                        .withDistance(Distance.COSINE)
                        .cluster(rays)
                        .assignment())
                .containsExactly(0, 1, 0, 1);
        assertThat(Dbscan.of(0.01, 2)
                        .withDistance(Distance.COSINE)
                        .cluster(rays)
                        .assignment())
                .containsExactly(0, 1, 0, 1);
    }

    @Test
    void fewerDifferentRowsThanClustersGiveFewerClusters() {
        float[] same = new float[12];
        Arrays.fill(same, 3);

        Clusters found = KMeansPlusPlus.of(4, 1).cluster(FeatureMatrix.of(same, 2));

        assertThat(found.assignment()).containsOnly(0);
        assertThat(found.centre(0)).containsExactly(new double[] {3, 3}, within(1e-12));
    }

    @Test
    void everyRowMayBeACluster() {
        assertThat(KMeansPlusPlus.of(5, 1).cluster(PAIRS).assignment()).containsExactly(0, 1, 2, 3, 4);
        assertThat(Dbscan.of(0.1, 1).cluster(PAIRS).assignment()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void clustersFromElsewhereAreRenumbered() {
        Clusters found = Clusters.of(new int[] {40, -1, 7, 40, 7}, PAIRS);

        assertThat(found.assignment()).containsExactly(0, -1, 1, 0, 1);
    }
}
