package io.errata.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.calibration.Reliability.Bin;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReliabilityTest {

    static Stream<Fixture> bins() {
        return Stream.concat(Fixture.of("uniform").stream(), Fixture.of("quantile").stream());
    }

    @ParameterizedTest
    @MethodSource("bins")
    void agreesWithScikitLearn(Fixture fixture) {
        int bins = (int) fixture.list(2)[0];
        Reliability found = fixture.what().equals("uniform")
                ? Reliability.ofEqualWidth(fixture.held(), bins)
                : Reliability.ofEqualMass(fixture.held(), bins);

        assertThat(found.bins().stream().mapToDouble(Bin::meanProbability).toArray())
                .containsExactly(fixture.list(3), within(1e-9));
        assertThat(found.bins().stream().mapToDouble(Bin::positives).toArray())
                .containsExactly(fixture.list(4), within(1e-9));
        double[] figures = fixture.list(5);
        assertThat(found.expectedCalibrationError()).isCloseTo(figures[0], within(1e-9));
        assertThat(found.maximumCalibrationError()).isCloseTo(figures[1], within(1e-9));
        assertThat(found.brierScore()).isCloseTo(figures[2], within(1e-9));
        assertThat(found.logLoss()).isCloseTo(figures[3], within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("bins")
    void brierPartsAddUpAndAreWhatTheirNamesSay(Fixture fixture) {
        Reliability found = Reliability.ofEqualWidth(fixture.held(), (int) fixture.list(2)[0]);

        assertThat(found.brier().score()).isCloseTo(found.brierScore(), within(1e-12));
        assertThat(found.brier().reliability()).isGreaterThanOrEqualTo(0);
        assertThat(found.brier().resolution()).isBetween(0.0, found.brier().uncertainty() + 1e-12);
    }

    @Test
    void countsGapsByHand() {
        LabelledScores held = LabelledScores.of(
                new double[] {0.2, 0.2, 0.4, 0.9, 0.7}, new boolean[] {false, true, false, true, true});

        Reliability found = Reliability.ofEqualWidth(held, 2);

        Bin low = found.bins().get(0);
        Bin high = found.bins().get(1);
        assertThat(low.count()).isEqualTo(3);
        assertThat(low.meanProbability()).isCloseTo(0.8 / 3, within(1e-12));
        assertThat(low.positives()).isEqualTo(1 / 3.0);
        assertThat(high.gap()).isCloseTo(0.2, within(1e-12));
        assertThat(found.expectedCalibrationError()).isCloseTo((0.2 + 0.4) / 5, within(1e-12));
        assertThat(found.maximumCalibrationError()).isCloseTo(0.2, within(1e-12));
        assertThat(found.brier().uncertainty()).isCloseTo(0.6 * 0.4, within(1e-12));
    }

    @Test
    void aProbabilityOnAnEdgeBelongsToTheBinBelow() {
        LabelledScores held =
                LabelledScores.of(new double[] {0, 0.25, 0.5, 1}, new boolean[] {false, true, false, true});

        assertThat(Reliability.ofEqualWidth(held, 4).bins())
                .containsExactly(
                        new Bin(0, 0.25, 2, 0.125, 0.5), new Bin(0.25, 0.5, 1, 0.5, 0), new Bin(0.75, 1, 1, 1, 1));
    }

    @Test
    void equalProbabilitiesShareABinOfEqualMass() {
        LabelledScores held = LabelledScores.of(
                new double[] {0.5, 0.5, 0.5, 0.5, 0.9}, new boolean[] {false, true, false, true, true});

        assertThat(Reliability.ofEqualMass(held, 4).bins())
                .extracting(Bin::count)
                .containsExactly(4, 1);
    }

    @Test
    void oneCertainMistakeDoesNotMakeTheLogLossInfinite() {
        LabelledScores held = LabelledScores.of(new double[] {1}, new boolean[] {false});

        assertThat(Reliability.ofEqualWidth(held, 10).logLoss()).isCloseTo(52 * Math.log(2), within(1e-9));
    }

    @Test
    void isotonicCalibrationBringsTheReliabilityPartToZero() {
        Fixture fixture = Fixture.of("uniform").get(0);
        LabelledScores calibrated = fixture.held().calibrated(IsotonicCalibration.fit(fixture.held()));

        Reliability found = Reliability.ofEqualMass(calibrated, 1000);

        assertThat(found.expectedCalibrationError()).isCloseTo(0, within(1e-12));
        assertThat(found.brierScore())
                .isLessThan(Reliability.ofEqualMass(fixture.held(), 10).brierScore());
    }
}
