package io.errata.core.clustering;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.errata.core.problem.InvalidArgumentException;
import io.errata.core.resampling.FeatureMatrix;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {

    private static final FeatureMatrix ROWS = FeatureMatrix.of(new float[] {0, 0, 1, 1, 2, 2}, 2);
    private static final Clusters TWO = Clusters.of(new int[] {0, 1, 1}, ROWS);

    static Stream<Arguments> mistakes() {
        FeatureMatrix other = FeatureMatrix.of(new float[] {1, 2}, 1);
        return Stream.of(
                mistake(
                        "rows must be at least one, found none",
                        () -> Dbscan.of(1, 2).cluster(FeatureMatrix.of(new float[0], 2))),
                mistake("k must be >= 1, found 0", () -> KMeansPlusPlus.of(0, 1)),
                mistake(
                        "restarts must be >= 1, found 0",
                        () -> KMeansPlusPlus.of(1, 1).withRestarts(0)),
                mistake(
                        "at most one a row, 3, found 4",
                        () -> KMeansPlusPlus.of(4, 1).cluster(ROWS)),
                mistake("eps must be > 0 and finite, found 0.0", () -> Dbscan.of(0, 2)),
                mistake("eps must be > 0 and finite, found NaN", () -> Dbscan.of(Double.NaN, 2)),
                mistake("minPoints must be >= 1, found 0", () -> Dbscan.of(1, 0)),
                mistake(
                        "not be all zeros where distance is COSINE, found zeros in row 0",
                        () -> Dbscan.of(1, 2).withDistance(Distance.COSINE).cluster(ROWS)),
                mistake("one a row, 3, found 2", () -> Clusters.of(new int[2], ROWS)),
                mistake(">= 0, or -1 for noise, found -2 in row 1", () -> Clusters.of(new int[] {0, -2, -3}, ROWS)),
                mistake("embeddings' rows, 2, found 3", () -> Silhouette.of(other, TWO, Distance.EUCLIDEAN)),
                mistake(
                        "clusters must be at least 2, found 1",
                        () -> Silhouette.of(ROWS, Clusters.of(new int[3], ROWS), Distance.EUCLIDEAN)),
                mistake("sample must be >= 1, found 0", () -> Silhouette.ofSample(ROWS, TWO, Distance.EUCLIDEAN, 0, 1)),
                mistake("classes must be one a row, 3, found 1", () -> ClassDistribution.of(TWO, new int[1])),
                mistake("one a score, 1, found 2", () -> ClusterQuota.pick(new float[1], new int[2], 1, 1)),
                mistake(
                        "scores must be finite, found NaN at index 0",
                        () -> ClusterQuota.pick(new float[] {Float.NaN}, new int[1], 1, 1)),
                mistake("found -2 in row 0", () -> ClusterQuota.pick(new float[1], new int[] {-2}, 1, 1)),
                mistake("perCluster must be >= 1, found 0", () -> ClusterQuota.pick(new float[1], new int[1], 0, 1)),
                mistake("maxRows must be >= 0, found -1", () -> ClusterQuota.pick(new float[1], new int[1], 1, -1)));
    }

    private static Arguments mistake(String message, ThrowingCallable call) {
        return arguments(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isToldWithRuleAndValue(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("must")
                .hasMessageContaining("found");
    }

    @Test
    void isToldInFull() {
        assertThatThrownBy(() -> Dbscan.of(-1, 0))
                .hasMessage("eps must be > 0 and finite, found -1.0; minPoints must be >= 1, found 0");
    }
}
