package io.errata.core.resampling;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.problem.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmoteTest {

    /** The rows of {@code smote.py}: 40 of class 1, 60 of class 0, three features. */
    private static FeatureSet rows() {
        float[] values = Minstd.values(11, 300, 20001);
        for (int i = 0; i < 120; i++) {
            values[i] *= new float[] {1, 2, 0.5f}[i % 3];
        }
        int[] labels = new int[100];
        Arrays.fill(labels, 0, 40, 1);
        return FeatureSet.of(values, 3, labels);
    }

    static Stream<List<String>> statistics() {
        return Fixture.lines("smote.csv");
    }

    /**
     * Against imbalanced-learn; 200,000 rows each, so means differ by some 0.05 and covariances by some 0.5 at three
     * deviations.
     */
    @ParameterizedTest
    @MethodSource("statistics")
    void syntheticRowsAreDistributedAsThoseOfImbalancedLearn(List<String> given) {
        SamplingTarget target = SamplingTarget.counts(Map.of(1, 200_040));
        Resampled grown = new Smote(Integer.parseInt(given.get(0)), target, 8).resample(rows());

        double[][] synthetic = new double[200_000][3];
        double[] means = new double[3];
        for (int i = 0; i < synthetic.length; i++) {
            for (int f = 0; f < 3; f++) {
                synthetic[i][f] = grown.rows().features().value(100 + i, f);
                means[f] += synthetic[i][f] / synthetic.length;
            }
        }
        double[][] covariance = new Covariance(new Array2DRowRealMatrix(synthetic, false))
                .getCovarianceMatrix()
                .getData();

        double[] deviations = Fixture.doubles(given.get(2));
        for (int f = 0; f < 3; f++) {
            assertThat(means[f])
                    .isCloseTo(Fixture.doubles(given.get(1))[f], within(0.015 * Math.sqrt(deviations[4 * f])));
            for (int g = 0; g < 3; g++) {
                double scale = Math.sqrt(deviations[4 * f] * deviations[4 * g]);
                assertThat(covariance[f][g]).isCloseTo(deviations[3 * f + g], within(0.015 * scale));
            }
        }
    }

    @Test
    void everySyntheticRowLiesOnASegmentToANeighbourWithinItsClass() {
        FeatureSet rows = rows();
        int[] minority = rows.rowsOf(1);
        int[] nearest = NearestNeighbours.within(rows.features().select(minority), 5);
        Resampled grown = new Smote(5, SamplingTarget.counts(Map.of(1, 5_000)), 2).resample(rows);

        for (int row = 100; row < grown.rows().size(); row++) {
            int origin = grown.origin(row);
            int neighbour = grown.neighbour(row);
            assertThat(grown.isSynthetic(row)).isTrue();
            assertThat(grown.rows().label(row)).isEqualTo(1);
            assertThat(Arrays.copyOfRange(nearest, 5 * origin, 5 * origin + 5)).contains(neighbour);
            assertOnSegment(grown.rows().features(), row, origin, neighbour);
        }
    }

    /** The share of the way is in [0, 1], and what it is for the feature that goes farthest it is for all. */
    private static void assertOnSegment(FeatureMatrix rows, int row, int from, int to) {
        int farthest = IntStream.range(0, 3)
                .boxed()
                .max(comparingDouble(f -> Math.abs(way(rows, from, to, f))))
                .orElseThrow();
        double share = way(rows, from, row, farthest) / way(rows, from, to, farthest);

        assertThat(share).isBetween(0.0, 1.0);
        for (int f = 0; f < 3; f++) {
            assertThat(way(rows, from, row, f)).isCloseTo(share * way(rows, from, to, f), within(2e-6)); // ulp of 20f
        }
    }

    private static double way(FeatureMatrix rows, int from, int to, int feature) {
        return (double) rows.value(to, feature) - rows.value(from, feature);
    }

    @Test
    void keepsAllRowsAndGrowsEverySmallerClass() {
        FeatureSet rows = FeatureSet.of(
                Minstd.values(4, 60, 20001),
                2,
                Fixture.rows(Fixture.counts("0:6 1:16 2:8")).labels());
        Resampled grown = Smote.withDefaults(1).resample(rows);

        assertThat(grown.rows().counts()).isEqualTo(Map.of(0, 16, 1, 16, 2, 16));
        assertThat(Arrays.copyOf(grown.rows().features().values(), 60))
                .containsExactly(rows.features().values());
        for (int row = 0; row < grown.rows().size(); row++) {
            assertThat(grown.isSynthetic(row)).isEqualTo(row >= 30);
            assertThat(rows.label(grown.origin(row))).isEqualTo(grown.rows().label(row));
            assertThat(rows.label(grown.neighbour(row))).isEqualTo(grown.rows().label(row));
        }
    }

    @Test
    void betweenDuplicatesLieDuplicates() {
        FeatureSet rows = FeatureSet.of(new float[] {3, 3, 3, 0, 1, 2, 4, 5}, 1, new int[] {1, 1, 1, 0, 0, 0, 0, 0});

        Resampled grown = new Smote(2, SamplingTarget.balanced(), 6).resample(rows);

        assertThat(grown.rows().features().values()).endsWith(3, 3);
    }

    @Test
    void sameSeedSameRowsAnotherSeedOthers() {
        float[] first = Smote.withDefaults(1).resample(rows()).rows().features().values();

        assertThat(Smote.withDefaults(1).resample(rows()).rows().features().values())
                .containsExactly(first);
        assertThat(Smote.withDefaults(2).resample(rows()).rows().features().values())
                .isNotEqualTo(first);
    }

    @Test
    void wantsFewerNeighboursThanTheClassHasRows() {
        FeatureSet rows = Fixture.rows(Fixture.counts("0:10 1:5"));

        assertThat(new Smote(4, SamplingTarget.balanced(), 1)
                        .resample(rows)
                        .rows()
                        .size())
                .isEqualTo(20);
        assertThatThrownBy(() -> Smote.withDefaults(1).resample(rows))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("neighbours must be < the rows of a class that grows: class 1 has 5, found 5");
        assertThatThrownBy(() -> new Smote(0, SamplingTarget.balanced(), 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("neighbours must be >= 1, found 0");
    }
}
