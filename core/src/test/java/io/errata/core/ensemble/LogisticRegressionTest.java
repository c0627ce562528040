package io.errata.core.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.InvalidArgumentException;
import io.errata.core.resampling.FeatureMatrix;
import io.errata.core.resampling.FeatureSet;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against scikit-learn; the figures are those of {@code sklearn_figures.py}, which stands beside them. */
class LogisticRegressionTest {

    static Stream<List<String>> logistic() {
        return Fixture.figures("logistic");
    }

    @ParameterizedTest
    @MethodSource("logistic")
    void isThatOfScikitLearnOnStandardisedFeatures(List<String> given) {
        LinearClassifier learned =
                new LogisticRegression(1 / Double.parseDouble(given.get(1))).learn(Fixture.rows("training"));

        assertClose(learned, Fixture.doubles(given.get(2)), 1e-5);
        assertThat(learned.scores(Fixture.rows("test").features()))
                .containsExactly(Fixture.doubles(given.get(3)), within(1e-6));
    }

    static Stream<List<String>> areas() {
        return Fixture.figures("auc");
    }

    @ParameterizedTest
    @MethodSource("areas")
    void ranksTestRowsAsScikitLearnDoes(List<String> given) {
        FeatureSet test = Fixture.rows("test");
        LinearClassifier learned =
                new LogisticRegression(1 / Double.parseDouble(given.get(1))).learn(Fixture.rows("training"));

        assertThat(Fixture.auc(learned.scores(test.features()), test.labels()))
                .isCloseTo(Double.parseDouble(given.get(2)), within(1e-9));
    }

    @Test
    void convergesWhereAFeatureTellsTheClassesApart() {
        FeatureSet training = Fixture.rows("training");
        int[] labels = new int[training.size()];
        Arrays.setAll(labels, row -> training.features().value(row, 0) > 6 ? 1 : 0);
        FeatureSet separable = FeatureSet.of(training.features().values(), 4, labels);
        List<String> given = Fixture.figures("separable").findFirst().orElseThrow();

        assertClose(new LogisticRegression(1e-4).learn(separable), Fixture.doubles(given.get(2)), 1e-3);
        assertThat(new LogisticRegression(1e-6).learn(separable).scores(separable.features()))
                .containsExactly(Arrays.stream(labels).asDoubleStream().toArray(), within(0.01));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void convergesOnDuplicateConstantAndHugeFeatures(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[5 * 200];
        int[] labels = new int[200];
        for (int row = 0; row < labels.length; row++) {
            float x = (float) random.nextDouble();
            float[] features = {x, x, 0.1f, 1e30f * x, (float) (1e-30 * random.nextDouble())};
            System.arraycopy(features, 0, values, 5 * row, 5);
            labels[row] = random.nextDouble() < x * x ? 1 : 0;
        }
        LinearClassifier learned = new LogisticRegression(1e-6).learn(FeatureSet.of(values, 5, labels));

        double[] scores = learned.scores(FeatureMatrix.of(values, 5));
        assertThat(learned.weights()[2]).isZero();
        assertThat(Arrays.stream(scores).sum()) // the gradient of the intercept is 0
                .isCloseTo(Arrays.stream(labels).sum(), within(1e-4));
    }

    @Test
    void predictsTheBaseRateWhereFeaturesTellNothing() {
        FeatureSet rows = FeatureSet.of(new float[4], 1, new int[] {1, 0, 0, 0});

        assertThat(LogisticRegression.withDefaults().learn(rows).scores(FeatureMatrix.of(new float[] {7}, 1)))
                .containsExactly(new double[] {0.25}, within(1e-9));
    }

    @Test
    void learningTwiceGivesTheSameNumbers() {
        FeatureSet rows = Fixture.rows("training");

        assertThat(LogisticRegression.withDefaults().learn(rows).weights())
                .containsExactly(LogisticRegression.withDefaults().learn(rows).weights());
    }

    @Test
    void aStepLeavesOnlyTheRowsInItsManager() {
        try (NDManager manager = NDManager.newBaseManager()) {
            double[] minimum =
                    new PenalisedLikelihood(manager, new double[] {1, 1, 2, 1, 3, 1}, new int[] {0, 1, 0}, 1).minimum();

            assertThat(minimum).hasSize(2);
            assertThat(((BaseNDManager) manager).getManagedArrays())
                    .extracting(array -> array.getShape())
                    .containsExactlyInAnyOrder(new Shape(3, 2), new Shape(2, 3));
        }
    }

    @Test
    void tellsEveryProblemAtOnce() {
        FeatureSet rows = FeatureSet.of(new float[3], 1, new int[] {2, 2, -1});

        assertThatThrownBy(() -> LogisticRegression.withDefaults().learn(rows))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("labels must be 1 (positive) or 0 (negative), found -1 in 1 rows; "
                        + "labels must be 1 (positive) or 0 (negative), found 2 in 2 rows; "
                        + "positives (label 1) must be at least one, found none; "
                        + "negatives (label 0) must be at least one, found none");
    }

    @Test
    void refusesRowsOfAnotherDimension() {
        LinearClassifier learned = LogisticRegression.withDefaults().learn(Fixture.rows("training"));

        assertThatThrownBy(() -> learned.scores(FeatureMatrix.of(new float[6], 3)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("rows must have 4 features, found 3");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-7, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAPenaltyOutOfRange(double l2) {
        assertThatThrownBy(() -> new LogisticRegression(l2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("l2 must be >= 1.0E-6 and finite, found " + l2);
    }

    private static void assertClose(LinearClassifier found, double[] expected, double relative) {
        double[] weights = found.weights();
        for (int f = 0; f < weights.length; f++) {
            assertThat(weights[f]).isCloseTo(expected[f], within(1e-6 + relative * Math.abs(expected[f])));
        }
        double intercept = expected[weights.length];
        assertThat(found.intercept()).isCloseTo(intercept, within(1e-6 + relative * Math.abs(intercept)));
    }
}
