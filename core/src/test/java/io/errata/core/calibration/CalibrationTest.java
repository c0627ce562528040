package io.errata.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.calibration.IsotonicCalibration.Knot;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

    private static LabelledScores held(double[] negatives, double[] positives) {
        double[] scores = Arrays.copyOf(negatives, negatives.length + positives.length);
        System.arraycopy(positives, 0, scores, negatives.length, positives.length);
        boolean[] positive = new boolean[scores.length];
        Arrays.fill(positive, negatives.length, positive.length, true);
        return LabelledScores.of(scores, positive);
    }

    /** A third positives; scores of a random scale, some of them equal. */
    private static LabelledScores random(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double scale = Math.pow(10, seed % 7 - 3);
        double[] scores = new double[40];
        boolean[] positive = new boolean[40];
        for (int i = 0; i < scores.length; i++) {
            positive[i] = i % 3 == 0;
            scores[i] = scale * Math.rint(4 * ((positive[i] ? 0.5 : 0) + random.nextDouble() - 0.5));
        }
        return LabelledScores.of(scores, positive);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void neverDecreasesAndStaysAProbability(int seed) {
        LabelledScores held = random(seed);
        double[] ask = new SplittableRandom(seed + 100)
                .doubles(2000, -2e4, 2e4)
                .sorted()
                .toArray();
        ask[0] = Double.NEGATIVE_INFINITY;
        ask[1] = -Double.MAX_VALUE;
        ask[1998] = Double.MAX_VALUE;
        ask[1999] = Double.POSITIVE_INFINITY;

        for (Calibration calibration :
                List.of(PlattScaling.fit(held), IsotonicCalibration.fit(held), TemperatureScaling.fit(held))) {
            double[] found = calibration.probabilities(ask);
            assertThat(found).as("%s", calibration).isSorted();
            assertThat(found[0]).isGreaterThanOrEqualTo(0);
            assertThat(found[1999]).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 12, 13})
    void theOrderOfTheExamplesDoesNotMatter(int seed) {
        LabelledScores held = random(seed);
        LabelledScores sorted = held(held.negatives(), held.positives());

        assertThat(PlattScaling.fit(sorted)).isEqualTo(PlattScaling.fit(held));
        assertThat(IsotonicCalibration.fit(sorted)).isEqualTo(IsotonicCalibration.fit(held));
        assertThat(TemperatureScaling.fit(sorted)).isEqualTo(TemperatureScaling.fit(held));
    }

    @Test
    void floatsGiveTheSameRounded() {
        PlattScaling platt = new PlattScaling(2, -1);

        assertThat(platt.probabilities(new float[] {0.5f, 3f})).containsExactly(0.5f, (float) platt.probability(3));
        assertThat(platt.probabilities(new float[0])).isEmpty();
    }

    @Test
    void plattScalingIsConstantWhereHigherScoresAreNegativesOrAllAreEqual() {
        double[] low = {1, 2, 3};
        double[] high = {4, 5, 6};
        PlattScaling upside = PlattScaling.fit(held(high, low));
        PlattScaling equal = PlattScaling.fit(held(new double[] {7, 7, 7}, new double[] {7, 7, 7}));

        assertThat(upside.slope()).isZero();
        assertThat(upside.probability(Double.POSITIVE_INFINITY)).isCloseTo(0.5, within(1e-12));
        assertThat(equal).isEqualTo(upside);
    }

    @Test
    void plattsConstantIsTheMeanOfTheSmoothedTargets() {
        PlattScaling found = PlattScaling.fit(held(new double[] {0, 0, 0}, new double[] {0}));

        assertThat(found.probability(5)).isCloseTo((3 * (1 / 5.0) + 2 / 3.0) / 4, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-100, 1e-3, 1, 1e6, 1e150})
    void plattScalingDoesNotCareForTheScaleOfTheScores(double scale) {
        double[] negatives = {-2 * scale, 0, scale};
        double[] positives = {-scale, scale, 3 * scale};

        PlattScaling found = PlattScaling.fit(held(negatives, positives));
        PlattScaling unit = PlattScaling.fit(held(new double[] {-2, 0, 1}, new double[] {-1, 1, 3}));

        assertThat(found.probability(2 * scale)).isCloseTo(unit.probability(2), within(1e-9));
    }

    @Test
    void isotonicCalibrationPoolsViolatorsAndEqualScores() {
        // 1: −; 2: + −; 3: −; 4: +. The two at 2 and the one at 3 are pooled to 1/3.
        IsotonicCalibration found = IsotonicCalibration.fit(held(new double[] {1, 2, 3}, new double[] {2, 4}));

        assertThat(found.knots())
                .containsExactly(new Knot(1, 0), new Knot(2, 1 / 3.0), new Knot(3, 1 / 3.0), new Knot(4, 1));
    }

    @Test
    void isotonicCalibrationInterpolatesBetweenStepsAndStaysBeyondThem() {
        IsotonicCalibration found = new IsotonicCalibration(List.of(new Knot(0, 0.2), new Knot(4, 0.6)));

        assertThat(found.probabilities(new double[] {-9, 0, 1, 4, 9}))
                .containsExactly(new double[] {0.2, 0.2, 0.3, 0.6, 0.6}, within(1e-12));
    }

    @Test
    void isotonicCalibrationInterpolatesBetweenTheGreatestNumbers() {
        IsotonicCalibration found =
                new IsotonicCalibration(List.of(new Knot(-Double.MAX_VALUE, 0), new Knot(Double.MAX_VALUE, 1)));

        assertThat(found.probability(0)).isEqualTo(0.5);
    }

    @Test
    void isotonicCalibrationIsOneStepWhereHigherScoresAreNegatives() {
        IsotonicCalibration found = IsotonicCalibration.fit(held(new double[] {3, 4, 5}, new double[] {2}));

        assertThat(found.knots()).containsExactly(new Knot(2, 0.25), new Knot(5, 0.25));
    }

    @Test
    void isotonicCalibrationOfManyScoresTakesNoTime() {
        int n = 400_000;
        double[] descending = new double[n]; // the worst case: everything is pooled
        boolean[] positive = new boolean[n];
        for (int i = 0; i < n; i++) {
            descending[i] = -i;
            positive[i] = i >= n / 2;
        }

        assertThat(IsotonicCalibration.fit(LabelledScores.of(descending, positive))
                        .knots())
                .containsExactly(new Knot(1 - n, 0.5), new Knot(0, 0.5));
    }

    @Test
    void temperatureStaysBoundedWhereTheClassesAreApartOrUpsideDown() {
        double[] low = {-3, -2};
        double[] high = {2, 3};

        assertThat(TemperatureScaling.fit(held(low, high)).temperature()).isEqualTo(TemperatureScaling.MIN_TEMPERATURE);
        assertThat(TemperatureScaling.fit(held(high, low)).temperature()).isEqualTo(TemperatureScaling.MAX_TEMPERATURE);
        assertThat(TemperatureScaling.fit(held(new double[] {0, 0}, new double[] {0}))
                        .temperature())
                .isEqualTo(1);
        assertThat(TemperatureScaling.fit(new double[] {5, 5, 7, 7}, new int[] {0, 1}, 2)
                        .temperature())
                .isEqualTo(1);
    }

    @Test
    void temperatureOfTwoClassesIsThatOfTheDifferenceOfTheirLogits() {
        double[] rows = {0, 2, 0, -1, 0, 3, 0, 1.5};
        LabelledScores differences =
                LabelledScores.of(new double[] {2, -1, 3, 1.5}, new boolean[] {true, false, false, true});

        assertThat(TemperatureScaling.fit(rows, new int[] {1, 0, 0, 1}, 2).temperature())
                .isCloseTo(TemperatureScaling.fit(differences).temperature(), within(1e-9));
    }

    @Test
    void temperatureBearsTheGreatestLogits() {
        double most = Double.MAX_VALUE;

        assertThat(TemperatureScaling.fit(held(new double[] {-most, most}, new double[] {most, most}))
                        .temperature())
                .isBetween(TemperatureScaling.MIN_TEMPERATURE, TemperatureScaling.MAX_TEMPERATURE);
        assertThat(TemperatureScaling.fit(held(new double[] {-1, 1e-3}, new double[] {-1e-3, 1, 1e300}))
                        .temperature())
                .isCloseTo(
                        TemperatureScaling.fit(held(new double[] {-1, 1e-3}, new double[] {-1e-3, 1, 1e5}))
                                .temperature(),
                        within(1e-9));
        assertThat(new TemperatureScaling(1e-3).softmax(new double[] {most, -most, 1e4, 1e4}, 2))
                .containsExactly(1, 0, 0.5, 0.5);
    }

    @Test
    void calibratedScoresKeepTheirLabels() {
        LabelledScores held = held(new double[] {-1, 0}, new double[] {0, 1});

        LabelledScores found = held.calibrated(new PlattScaling(1, 0));

        assertThat(found.positives()).containsExactly(0.5, LogOdds.sigmoid(1));
        assertThat(found.negatives()).containsExactly(LogOdds.sigmoid(-1), 0.5);
    }

    @Test
    void whatACallerWritesIntoAnArrayChangesNothing() {
        double[] scores = {1, 2};
        LabelledScores held = LabelledScores.of(scores, new boolean[] {false, true});
        scores[0] = Double.NaN;
        held.negatives()[0] = Double.NaN;

        assertThat(held.negatives()).containsExactly(1);
    }
}
