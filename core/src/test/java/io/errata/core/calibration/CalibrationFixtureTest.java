package io.errata.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against scikit-learn and scipy. */
class CalibrationFixtureTest {

    private static final Offset<Double> CLOSE = within(1e-6);

    static List<Fixture> platt() {
        return Fixture.of("platt");
    }

    @ParameterizedTest
    @MethodSource("platt")
    void plattScalingIsTheOptimumThatScipyFinds(Fixture fixture) {
        PlattScaling found = PlattScaling.fit(fixture.held());

        double slope = fixture.list(2)[0];
        assertThat(found.slope()).isCloseTo(slope, within(1e-6 * slope));
        assertThat(found.offset()).isCloseTo(fixture.list(2)[1], within(1e-6 * Math.abs(fixture.list(2)[1])));
        assertThat(found.probabilities(fixture.list(0))).containsExactly(fixture.list(3), CLOSE);
    }

    static List<Fixture> sigmoid() {
        return Fixture.of("sklearn-sigmoid");
    }

    @ParameterizedTest
    @MethodSource("sigmoid")
    void plattScalingAgreesWithScikitLearnsSigmoid(Fixture fixture) {
        PlattScaling found = PlattScaling.fit(fixture.held());

        assertThat(found.probabilities(fixture.list(0))).containsExactly(fixture.list(2), CLOSE);
    }

    static List<Fixture> isotonic() {
        return Fixture.of("isotonic");
    }

    @ParameterizedTest
    @MethodSource("isotonic")
    void isotonicCalibrationAgreesWithScikitLearnOnAndBetweenTheScores(Fixture fixture) {
        IsotonicCalibration found = IsotonicCalibration.fit(fixture.held());

        assertThat(found.probabilities(fixture.list(2))).containsExactly(fixture.list(3), CLOSE);
    }

    static List<Fixture> temperature() {
        return Fixture.of("temperature");
    }

    @ParameterizedTest
    @MethodSource("temperature")
    void temperatureOfASigmoidIsTheOptimumThatScipyFinds(Fixture fixture) {
        assertThat(TemperatureScaling.fit(fixture.held()).temperature()).isCloseTo(fixture.list(2)[0], CLOSE);
    }

    static List<Fixture> softmax() {
        return Fixture.of("softmax-temperature");
    }

    @ParameterizedTest
    @MethodSource("softmax")
    void temperatureOfASoftmaxIsTheOptimumThatScipyFinds(Fixture fixture) {
        int classes = (int) fixture.list(2)[0];
        int[] labels =
                Arrays.stream(fixture.list(1)).mapToInt(label -> (int) label).toArray();

        TemperatureScaling found = TemperatureScaling.fit(fixture.list(0), labels, classes);

        assertThat(found.temperature()).isCloseTo(fixture.list(2)[1], CLOSE);
        assertThat(found.softmax(fixture.list(0), classes)).containsExactly(fixture.list(3), CLOSE);
    }

    static List<Fixture> prior() {
        return Fixture.of("prior");
    }

    @ParameterizedTest
    @MethodSource("prior")
    void priorCorrectionMovesTheLogOdds(Fixture fixture) {
        PriorCorrection correction = PriorCorrection.between(fixture.list(1)[0], fixture.list(1)[1]);

        assertThat(correction.probabilities(fixture.list(0))).containsExactly(fixture.list(2), CLOSE);
    }

    static List<Fixture> priorEstimate() {
        return Fixture.of("prior-estimate");
    }

    @ParameterizedTest
    @MethodSource("priorEstimate")
    void priorEstimateIsTheLikeliestPriorThatScipyFinds(Fixture fixture) {
        PriorEstimate found = PriorEstimate.ofPositives(fixture.list(0), fixture.list(1)[0]);

        assertThat(found.converged()).isTrue();
        assertThat(found.prior().get(1)).isCloseTo(fixture.list(1)[1], CLOSE);
    }
}
