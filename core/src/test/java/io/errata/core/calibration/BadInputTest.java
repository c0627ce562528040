package io.errata.core.calibration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.errata.core.calibration.IsotonicCalibration.Knot;
import io.errata.core.problem.InvalidArgumentException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {

    private static final LabelledScores HELD = held(true, false);
    private static final LabelledScores ONE_CLASS = held(true, true);
    private static final LabelledScores HALF = LabelledScores.of(new double[] {0.5}, new boolean[1]);
    private static final double[] HALVES = {0.5, 0.5};

    private static LabelledScores held(boolean... positive) {
        return LabelledScores.of(new double[] {2, -1}, positive);
    }

    static Stream<Arguments> mistakes() {
        double nan = Double.NaN;
        OperatingCurve curve = OperatingCurve.of(HELD);
        return Stream.of(
                mistake("at least one, found 0", () -> LabelledScores.of(new double[0], new boolean[0])),
                mistake("one a score, 1, found 2", () -> LabelledScores.of(new double[1], new boolean[2])),
                mistake("found NaN at index 0", () -> LabelledScores.of(new float[] {Float.NaN}, new boolean[1])),
                mistake(
                        "finite, found -Infinity at index 1",
                        () -> LabelledScores.of(new double[] {1, -1 / 0.0}, new boolean[2])),
                mistake("2 positives and 0 negatives", () -> OperatingCurve.of(ONE_CLASS)),
                mistake("2 positives and 0 negatives", () -> PlattScaling.fit(ONE_CLASS)),
                mistake("2 positives and 0 negatives", () -> IsotonicCalibration.fit(ONE_CLASS)),
                mistake("2 positives and 0 negatives", () -> TemperatureScaling.fit(ONE_CLASS)),
                mistake("recall must be in (0, 1], found 0.0", () -> curve.atRecall(0)),
                mistake("recall must be in (0, 1], found NaN", () -> curve.atRecall(nan)),
                mistake("precision must be in (0, 1], found 1.5", () -> curve.atPrecision(1.5)),
                mistake("beta must be > 0 and finite, found 0.0", () -> curve.bestFBeta(0)),
                mistake("threshold must be a number, found NaN", () -> curve.at(nan)),
                mistake("falsePositive must be >= 0 and finite, found -1.0", () -> new MisclassificationCosts(-1, 1)),
                mistake(
                        "falseNegative must be >= 0 and finite, found Inf",
                        () -> new MisclassificationCosts(1, 1 / 0.0)),
                mistake("one of the costs must be > 0", () -> new MisclassificationCosts(0, -0.0)),
                mistake("trainingPrior must be inside (0, 1), found 0.0", () -> PriorCorrection.between(0, 0.5)),
                mistake("naturalPrior must be inside (0, 1), found 1.0", () -> PriorCorrection.between(0.5, 1)),
                mistake("keptNegatives must be in (0, 1], found 0.0", () -> PriorCorrection.ofUnderSampling(0)),
                mistake("a probability, in [0, 1], found 2.0", () -> new PriorCorrection(0).probability(2)),
                mistake(
                        "a probability, in [0, 1], found 2.0",
                        () -> new PriorCorrection(0).probabilities(new double[] {1, 2})),
                mistake("logit must be a number", () -> new PriorCorrection(0).logOdds(nan)),
                mistake("shift must be finite", () -> new PriorCorrection(nan)),
                mistake(
                        "naturalPrior must sum to 1 within 1e-6, found 0.75",
                        () -> ClassPriorCorrection.between(HALVES, new double[] {0.5, 0.25})),
                mistake(
                        "naturalPrior[0] must be inside (0, 1), found 1.0",
                        () -> ClassPriorCorrection.between(HALVES, new double[] {1, 0})),
                mistake(
                        "training prior's classes, 2, found 4",
                        () -> ClassPriorCorrection.between(HALVES, new double[] {0.25, 0.25, 0.25, 0.25})),
                mistake("at least 2 classes, found 0", () -> PriorEstimate.of(new double[0], new double[0])),
                mistake("row of 2 numbers, one a class, found 0", () -> PriorEstimate.of(new double[0], HALVES)),
                mistake("row of 2 numbers, one a class, found 3", () -> PriorEstimate.of(new double[3], HALVES)),
                mistake(
                        "sum to 1 in every row, within 1.0E-4, found 1.1 in row 1",
                        () -> PriorEstimate.of(new double[] {0.5, 0.5, 0.6, 0.5}, HALVES)),
                mistake("[0, 1], found NaN at index 0", () -> PriorEstimate.of(new double[] {nan, 1}, HALVES)),
                mistake("at least one, found 0", () -> PriorEstimate.ofPositives(new double[0], 0.5)),
                mistake("[0, 1], found 1.5 at", () -> PriorEstimate.ofPositives(new double[] {1.5}, 0.5)),
                mistake("trainingPrior must be inside", () -> PriorEstimate.ofPositives(new double[] {0.5}, 2)),
                mistake("slope must be >= 0 and finite, found -1.0", () -> new PlattScaling(-1, 0)),
                mistake("score must be a number, found NaN", () -> new PlattScaling(1, 0).probability(nan)),
                mistake("temperature must be > 0 and finite, found 0.0", () -> new TemperatureScaling(0)),
                mistake("score must be a number, found NaN", () -> new TemperatureScaling(1).probability(nan)),
                mistake("at least 2 classes, found 1", () -> TemperatureScaling.fit(new double[4], new int[2], 2)),
                mistake(
                        "labels must be in [0, 1], found 2 at index 1",
                        () -> TemperatureScaling.fit(new float[4], new int[] {0, 2}, 2)),
                mistake(
                        "one a row of logits, found 2 labels and 6 logits",
                        () -> TemperatureScaling.fit(new double[6], new int[] {0, 1}, 2)),
                mistake(
                        "logits must be finite, found NaN at index 3",
                        () -> TemperatureScaling.fit(new double[] {0, 0, 0, nan}, new int[] {0, 1}, 2)),
                mistake("classes must be >= 2, found 0", () -> new TemperatureScaling(1).softmax(new double[2], 0)),
                mistake("knots must be at least one", () -> new IsotonicCalibration(List.of())),
                mistake(
                        "knots must ascend",
                        () -> new IsotonicCalibration(List.of(new Knot(0, 0.5), new Knot(0, 0.6)))),
                mistake(
                        "knots must ascend",
                        () -> new IsotonicCalibration(List.of(new Knot(0, 0.5), new Knot(1, 0.4)))),
                mistake("probability must be in [0, 1], found 1.5", () -> new Knot(0, 1.5)),
                mistake(
                        "score must be a number, found NaN",
                        () -> IsotonicCalibration.fit(HELD).probability(nan)),
                mistake("in [0, 1], found 2.0", () -> Reliability.ofEqualWidth(HELD, 10)),
                mistake("in [0, 1], found -1.0", () -> Reliability.ofEqualMass(HELD, 10)),
                mistake("bins must be in [1, 10000], found 0", () -> Reliability.ofEqualMass(HALF, 0)),
                mistake("found 2147483647", () -> Reliability.ofEqualWidth(HALF, Integer.MAX_VALUE)),
                mistake("truePositives must be in [0, positives]", () -> new OperatingPoint(0, 3, 0, 2, 2)));
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
        assertThatThrownBy(() -> LabelledScores.of(new double[] {Double.NaN}, new boolean[2]))
                .hasMessage("labels must be one a score, 1, found 2; scores must be finite, found NaN at index 0");
        assertThatThrownBy(() -> PriorCorrection.between(-1, Double.NaN))
                .hasMessage("trainingPrior must be inside (0, 1), found -1.0; "
                        + "naturalPrior must be inside (0, 1), found NaN");
    }
}
