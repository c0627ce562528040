package io.errata.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PriorCorrectionTest {

    private static final Offset<Double> CLOSE = within(1e-12);

    @Test
    void movesProbabilitiesByElkansTheorem() {
        double p = 0.8;
        double b = 0.25;
        double wanted = 0.01;
        double elkan = wanted * (p - p * b) / (b - p * b + wanted * p - b * wanted);

        assertThat(PriorCorrection.between(b, wanted).probability(p)).isCloseTo(elkan, CLOSE);
    }

    @Test
    void movesProbabilitiesByDalPozzolosEquation() {
        double kept = 0.05;
        double p = 0.8;

        assertThat(PriorCorrection.ofUnderSampling(kept).probability(p))
                .isCloseTo(kept * p / (kept * p - p + 1), CLOSE);
        assertThat(PriorCorrection.ofUnderSampling(1).shift()).isZero();
    }

    @Test
    void underSamplingIsTheSameAsThePriorsItMakes() {
        double natural = 0.02; // keeping a tenth of 98 negatives beside 2 positives leaves 2 of 11.8
        PriorCorrection byPriors = PriorCorrection.between(2 / 11.8, natural);

        assertThat(PriorCorrection.ofUnderSampling(0.1).shift()).isCloseTo(byPriors.shift(), CLOSE);
    }

    @Test
    void certaintyStaysAndExtremesStayNumbers() {
        PriorCorrection far = PriorCorrection.between(1 - 1e-12, 1e-300);

        assertThat(far.probability(0)).isZero();
        assertThat(far.probability(1)).isEqualTo(1);
        assertThat(far.probability(Math.nextDown(1.0))).isBetween(0.0, 1e-270);
        assertThat(far.probability(Double.MIN_VALUE)).isBetween(0.0, Double.MIN_VALUE);
        assertThat(far.logOdds(1e4)).isCloseTo(1e4 + far.shift(), CLOSE);
        assertThat(far.logOdds(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void neverDecreasesFromOneNumberToTheNext() {
        PriorCorrection correction = PriorCorrection.between(0.25, 0.01);
        for (double from : new double[] {0, 1e-300, 1e-9, 0.3, 0.5, 0.9, 1 - 1e-13}) {
            double before = correction.probability(from);
            double p = from;
            for (int i = 0; i < 1000 && p < 1; i++) {
                p = Math.nextUp(p);
                assertThat(correction.probability(p)).isGreaterThanOrEqualTo(before);
                before = correction.probability(p);
            }
        }
    }

    @Test
    void exchangedPriorsUndoIt() {
        double there = PriorCorrection.between(0.25, 0.01).probability(0.6);

        assertThat(PriorCorrection.between(0.01, 0.25).probability(there)).isCloseTo(0.6, CLOSE);
    }

    @Test
    void ofTwoClassesItIsTheSameForClasses() {
        double[] found = ClassPriorCorrection.between(new double[] {0.75, 0.25}, new double[] {0.99, 0.01})
                .probabilities(new double[] {0.2, 0.8, 1, 0, 0, 1});

        double expected = PriorCorrection.between(0.25, 0.01).probability(0.8);
        assertThat(found).containsExactly(new double[] {1 - expected, expected, 1, 0, 0, 1}, CLOSE);
    }

    @Test
    void weighsClassesByTheRatioOfTheirPriors() {
        ClassPriorCorrection correction =
                ClassPriorCorrection.between(new double[] {0.5, 0.25, 0.25}, new double[] {0.25, 0.25, 0.5});

        double[] found = correction.probabilities(new double[] {0.4, 0.4, 0.2});

        assertThat(found).containsExactly(new double[] {0.2, 0.4, 0.4}, CLOSE); // 0.4 / 2, 0.4, 0.2 · 2
    }

    @Test
    void correctsLogitsAsItDoesProbabilities() {
        double[] training = {0.5, 0.3, 0.2};
        ClassPriorCorrection correction = ClassPriorCorrection.between(training, new double[] {1e-5, 0.9, 0.1 - 1e-5});
        double[] logits = {3, -2, 0.5, 1e4, -1e4, 0};
        TemperatureScaling softmax = new TemperatureScaling(1);

        assertThat(softmax.softmax(correction.logits(logits), 3))
                .containsExactly(correction.probabilities(softmax.softmax(logits, 3)), CLOSE);
    }

    @Test
    void estimatesThePriorOfTheClassesFromPerfectProbabilities() {
        double[] rows = {1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1};

        PriorEstimate found = PriorEstimate.of(rows, new double[] {0.2, 0.2, 0.6});

        assertThat(found.converged()).isTrue();
        assertThat(found.prior()).containsExactly(0.25, 0.5, 0.25);
    }

    @Test
    void keepsThePriorThatTheProbabilitiesShow() {
        PriorEstimate found = PriorEstimate.ofPositives(new double[] {0.1, 0.3, 0.2}, 0.2);

        assertThat(found.prior()).satisfies(prior -> assertThat(prior.get(1)).isCloseTo(0.2, CLOSE));
        assertThat(found.iterations()).isEqualTo(1);
    }

    @Test
    void estimatesAClassThatIsAbsentNearZeroAndSaysIfItIsNotThereYet() {
        double[] low = new double[50];
        Arrays.fill(low, 0.2);
        double[] barely = {0.25 - 1e-6};

        assertThat(PriorEstimate.ofPositives(low, 0.25).prior().get(1)).isCloseTo(0, within(1e-6));
        assertThat(PriorEstimate.ofPositives(barely, 0.25).prior().get(1)).isBetween(0.0, 0.25);
        assertThat(PriorEstimate.ofPositives(new double[] {0.249}, 0.25).converged())
                .isFalse();
    }
}
