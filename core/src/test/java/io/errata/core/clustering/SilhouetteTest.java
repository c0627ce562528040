package io.errata.core.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.resampling.FeatureMatrix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SilhouetteTest {

    private static final FeatureMatrix LINE = FeatureMatrix.of(new float[] {0, 1, 5, 7, 100}, 1);

    static List<Fixture> silhouettes() {
        return Fixture.of("silhouette");
    }

    @ParameterizedTest
    @MethodSource("silhouettes")
    void agreesWithScikitLearn(Fixture fixture) {
        FeatureMatrix embeddings = fixture.embeddings((int) fixture.list(0)[0]);
        int[] labels = fixture.whole(2);
        Clusters clusters = Clusters.of(labels, embeddings);

        Silhouette found = Silhouette.of(embeddings, clusters, fixture.distance());

        assertThat(found.mean()).isCloseTo(fixture.list(3)[0], within(1e-6));
        for (int row = 0; row < labels.length; row++) {
            assertThat(found.mean(clusters.of(row)).orElseThrow())
                    .isCloseTo(fixture.list(4)[labels[row]], within(1e-6));
        }
    }

    @Test
    void isComputedByHand() {
        Silhouette found = Silhouette.of(LINE, Clusters.of(new int[] {0, 0, 1, 1, -1}, LINE), Distance.EUCLIDEAN);

        // a, b: 1, 6; 1, 5; 2, 4.5; 2, 6.5
        assertThat(found.mean(0).orElseThrow()).isCloseTo((5 / 6.0 + 4 / 5.0) / 2, within(1e-12));
        assertThat(found.mean(1).orElseThrow()).isCloseTo((2.5 / 4.5 + 4.5 / 6.5) / 2, within(1e-12));
        assertThat(found.rows()).isEqualTo(4); // the noise takes no part
    }

    @Test
    void isZeroForRowsAloneAndForRowsThatAreAllEqual() {
        FeatureMatrix equal = FeatureMatrix.of(new float[] {1, 1, 1, 1}, 1);

        assertThat(Silhouette.of(LINE, Clusters.of(new int[] {0, 1, 2, 3, 4}, LINE), Distance.EUCLIDEAN)
                        .mean())
                .isZero();
        assertThat(Silhouette.of(equal, Clusters.of(new int[] {0, 1, 0, 1}, equal), Distance.COSINE)
                        .mean())
                .isZero();
    }

    @Test
    void aSampleOfAllRowsIsAllRows() {
        Clusters clusters = Clusters.of(new int[] {0, 0, 1, 1, -1}, LINE);

        Silhouette found = Silhouette.ofSample(LINE, clusters, Distance.EUCLIDEAN, 99, 1);

        assertThat(found.rows()).isEqualTo(4);
        assertThat(found.mean())
                .isCloseTo(Silhouette.of(LINE, clusters, Distance.EUCLIDEAN).mean(), within(1e-12));
    }

    @Test
    void samplesAverageToTheWhole() {
        Fixture fixture = Fixture.of("silhouette").get(0);
        FeatureMatrix embeddings = fixture.embeddings((int) fixture.list(0)[0]);
        Clusters clusters = Clusters.of(fixture.whole(2), embeddings);

        double mean = IntStream.range(0, 300)
                .mapToDouble(seed -> Silhouette.ofSample(embeddings, clusters, fixture.distance(), 20, seed)
                        .mean())
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(fixture.list(3)[0], within(0.02));
    }

    @Test
    void theSameSeedDrawsTheSameRowsAndAClusterMayGoUndrawn() {
        Clusters clusters = Clusters.of(new int[] {0, 0, 1, 1, -1}, LINE);

        Silhouette one = Silhouette.ofSample(LINE, clusters, Distance.EUCLIDEAN, 1, 5);
        Silhouette again = Silhouette.ofSample(LINE, clusters, Distance.EUCLIDEAN, 1, 5);

        assertThat(one.mean()).isEqualTo(again.mean());
        assertThat(one.mean(0).isPresent()).isNotEqualTo(one.mean(1).isPresent());
    }
}
