package io.errata.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperatingCurveTest {

    private static final double NOTHING = Double.POSITIVE_INFINITY;

    /** Down from the top: positive, positive and negative, negative, positive, negative. */
    private final OperatingCurve curve = OperatingCurve.of(LabelledScores.of(
            new double[] {0.1, 0.9, 0.7, 0.3, 0.7, 0.5}, new boolean[] {false, true, true, true, false, false}));

    @Test
    void equalScoresAreOneThreshold() {
        assertThat(curve.size()).isEqualTo(6);
        assertThat(curve.point(0)).isEqualTo(new OperatingPoint(NOTHING, 0, 0, 3, 3));
        assertThat(curve.point(2)).isEqualTo(new OperatingPoint(0.7, 2, 1, 3, 3));
        assertThat(curve.point(5)).isEqualTo(new OperatingPoint(0.1, 3, 3, 3, 3));
    }

    @Test
    void zeroAndMinusZeroAreOneThreshold() {
        OperatingCurve zeros = OperatingCurve.of(LabelledScores.of(new float[] {0f, -0f}, new boolean[] {true, false}));

        assertThat(zeros.size()).isEqualTo(2);
    }

    @Test
    void aPointTellsPrecisionRecallAndFalsePositives() {
        OperatingPoint point = curve.point(2);

        assertThat(point.precision()).isEqualTo(2 / 3.0);
        assertThat(point.recall()).isEqualTo(2 / 3.0);
        assertThat(point.falsePositives()).isEqualTo(1);
        assertThat(point.falsePositiveRate()).isEqualTo(1 / 3.0);
        assertThat(point.falseNegatives()).isEqualTo(1);
    }

    @Test
    void nothingCalledPositiveHasPrecisionOneAndNoF() {
        assertThat(curve.point(0).precision()).isEqualTo(1);
        assertThat(curve.point(0).recall()).isZero();
        assertThat(curve.point(0).fBeta(1)).isZero();
    }

    @Test
    void recallIsReachedByTheHighestThreshold() {
        assertThat(curve.atRecall(1e-9).threshold()).isEqualTo(0.9);
        assertThat(curve.atRecall(1 / 3.0).threshold()).isEqualTo(0.9);
        assertThat(curve.atRecall(0.5).threshold()).isEqualTo(0.7);
        assertThat(curve.atRecall(1).threshold()).isEqualTo(0.3);
    }

    @Test
    void aRecallOfSevenHundredthsIsSevenOfAHundred() {
        double[] scores = new double[101];
        boolean[] positive = new boolean[101];
        for (int i = 1; i <= 100; i++) {
            scores[i] = i;
            positive[i] = true;
        }

        OperatingPoint found =
                OperatingCurve.of(LabelledScores.of(scores, positive)).atRecall(0.07);

        assertThat(found.truePositives()).isEqualTo(7); // 0.07 · 100 is a little more than 7
    }

    @Test
    void precisionIsReachedByTheLowestThresholdThoughAHigherOneFailsIt() {
        assertThat(curve.atPrecision(1)).hasValue(new OperatingPoint(0.9, 1, 0, 3, 3));
        assertThat(curve.atPrecision(0.6)).hasValue(new OperatingPoint(0.3, 3, 2, 3, 3)); // at 0.5 it is 0.5
        assertThat(curve.atPrecision(0.5)).hasValue(new OperatingPoint(0.1, 3, 3, 3, 3));
    }

    @Test
    void precisionThatNoThresholdReachesGivesNone() {
        OperatingCurve upside = OperatingCurve.of(LabelledScores.of(new double[] {1, 2}, new boolean[] {true, false}));

        assertThat(upside.atPrecision(0.75)).isEmpty();
    }

    @Test
    void costsDecideHowManyFalsePositivesAreWorthIt() {
        assertThat(curve.leastCost(new MisclassificationCosts(10, 1)).threshold())
                .isEqualTo(0.9); // 2
        assertThat(curve.leastCost(new MisclassificationCosts(1, 10)).threshold())
                .isEqualTo(0.3); // 2
        assertThat(curve.leastCost(new MisclassificationCosts(1, 10)).cost(new MisclassificationCosts(1, 10)))
                .isEqualTo(2);
    }

    @Test
    void ofEqualCostsTheHighestThresholdWins() {
        assertThat(curve.leastCost(new MisclassificationCosts(1, 1)).threshold())
                .isEqualTo(0.9); // 2 as at 0.7 and at 0.3
    }

    @Test
    void calledNothingWhereMissesCostNothingAndAllWhereFalsePositivesDo() {
        assertThat(curve.leastCost(new MisclassificationCosts(1, 0)).threshold())
                .isEqualTo(NOTHING);
        assertThat(curve.leastCost(new MisclassificationCosts(0, 1)).threshold())
                .isEqualTo(0.3);
    }

    @Test
    void bestFBetaPrefersPrecisionOrRecall() {
        assertThat(curve.bestFBeta(1).threshold()).isEqualTo(0.3); // 2·3 / (3 + 5)
        assertThat(curve.bestFBeta(1).fBeta(1)).isCloseTo(0.75, within(1e-12));
        assertThat(curve.bestFBeta(0.1).threshold()).isEqualTo(0.9);
        assertThat(curve.bestFBeta(1e200).fBeta(1e200)).isEqualTo(1);
        assertThat(curve.bestFBeta(1e-200).fBeta(1e-200)).isEqualTo(1);
    }

    @Test
    void aThresholdFromElsewhereCountsScoresAtOrAboveIt() {
        assertThat(curve.at(0.7)).isEqualTo(new OperatingPoint(0.7, 2, 1, 3, 3));
        assertThat(curve.at(0.71)).isEqualTo(new OperatingPoint(0.71, 1, 0, 3, 3));
        assertThat(curve.at(2)).isEqualTo(new OperatingPoint(2, 0, 0, 3, 3));
        assertThat(curve.at(-2)).isEqualTo(new OperatingPoint(-2, 3, 3, 3, 3));
        assertThat(curve.at(NOTHING)).isEqualTo(curve.point(0));
        assertThat(curve.at(Double.NEGATIVE_INFINITY).recall()).isEqualTo(1);
    }

    @Test
    void bayesThresholdIsElkans() {
        assertThat(new MisclassificationCosts(1, 1).bayesThreshold()).isEqualTo(0.5);
        assertThat(new MisclassificationCosts(1, 9).bayesThreshold()).isCloseTo(0.1, within(1e-15));
        assertThat(new MisclassificationCosts(0, 3).bayesThreshold()).isZero();
        assertThat(new MisclassificationCosts(3, 0).bayesThreshold()).isEqualTo(1);
        assertThat(new MisclassificationCosts(Double.MAX_VALUE, Double.MAX_VALUE).bayesThreshold())
                .isEqualTo(0.5);
    }

    static List<Fixture> curves() {
        return Fixture.of("curve");
    }

    @ParameterizedTest
    @MethodSource("curves")
    void agreesWithScikitLearnsPrecisionRecallCurve(Fixture fixture) {
        OperatingCurve found = OperatingCurve.of(fixture.held());

        double[] thresholds = fixture.list(2);
        assertThat(found.size()).isEqualTo(thresholds.length + 1);
        for (int i = 0; i < thresholds.length; i++) {
            OperatingPoint point = found.point(thresholds.length - i);
            assertThat(point.threshold()).isEqualTo(thresholds[i]);
            assertThat(point.precision()).isCloseTo(fixture.list(3)[i], within(1e-9));
            assertThat(point.recall()).isCloseTo(fixture.list(4)[i], within(1e-9));
        }
    }

    static List<Fixture> fBetas() {
        return Fixture.of("fbeta");
    }

    @ParameterizedTest
    @MethodSource("fBetas")
    void findsTheBestFBetaThatScikitLearnKnows(Fixture fixture) {
        double beta = fixture.list(2)[0];

        OperatingPoint found = OperatingCurve.of(fixture.held()).bestFBeta(beta);

        assertThat(found.fBeta(beta)).isCloseTo(fixture.list(2)[1], within(1e-9));
    }
}
