package io.errata.mining.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against SciPy 1.17.1: {@code scipy.stats.ttest_rel(arm, baseline).confidence_interval(.95)}. */
class PairedDifferenceTest {

    @Test
    void isTheMeanOfTheDifferencesWithStudentsInterval() {
        PairedDifference difference =
                PairedDifference.between(new double[] {.755, .766, .783}, new double[] {.927, .968, .995});
        holds(difference, 3, .19533333333333333, .1436218832079108, .24704478345875586);
        assertThat(difference.verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void showsThatAnArmIsWorse() {
        PairedDifference difference = PairedDifference.between(
                new double[] {.90, .86, .84, .885, .91}, new double[] {.83, .85, .80, .86, .88});
        holds(difference, 5, -.03500000000000001, -.06276445105197796, -.007235548948022055);
        assertThat(difference.verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void showsNothingWhereTheIntervalHoldsZero() {
        PairedDifference two = PairedDifference.between(new double[] {.5, .6}, new double[] {.55, .62});
        holds(two, 2, .03500000000000003, -.15559307104262055, .2255930710426206);
        assertThat(two.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
        PairedDifference three = PairedDifference.between(new double[] {.5, .6, .55}, new double[] {.52, .58, .57});
        holds(three, 3, .006666666666666636, -.050702036396659496, .06403536972999277);
        assertThat(three.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    }

    /** The differences are 2, 4 and 6: mean 4, standard deviation 2, and t(0.975, 2) = 4.302653 (any table). */
    @Test
    void isAsComputedByHand() {
        holds(
                PairedDifference.between(new double[] {1, 1, 1}, new double[] {3, 5, 7}),
                3,
                4,
                4 - 4.302652729911275 * 2 / Math.sqrt(3),
                4 + 4.302652729911275 * 2 / Math.sqrt(3));
    }

    @Test
    void whatBothArmsShareCancelsOut() {
        double[] baseline = {.1, .5, .9};
        PairedDifference difference = PairedDifference.between(baseline, new double[] {.11, .52, .91});
        assertThat(difference.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
        assertThat(difference.high() - difference.low()).isLessThan(.03);
        assertThat(PairedDifference.between(baseline, baseline)).isEqualTo(new PairedDifference(3, 0, 0, 0));
        assertThat(PairedDifference.between(baseline, baseline).verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    }

    @Test
    void oneSeedHasNoIntervalAndShowsNothing() {
        PairedDifference one = PairedDifference.between(new double[] {.25}, new double[] {.75});
        assertThat(one.mean()).isEqualTo(.5);
        assertThat(one.low()).isNaN();
        assertThat(one.high()).isNaN();
        assertThat(one.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
        PairedDifference none = PairedDifference.between(new double[0], new double[0]);
        assertThat(none.mean()).isNaN();
        assertThat(none.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    }

    @Test
    void aFigureThatIsNoNumberShowsNothing() {
        PairedDifference difference =
                PairedDifference.between(new double[] {.1, Double.NaN, .1}, new double[] {.5, .5, .5});
        assertThat(difference.mean()).isNaN();
        assertThat(difference.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    }

    @Test
    void wantsPairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedDifference.between(new double[2], new double[3]))
                .withMessageContaining("found 2 and 3");
    }

    private static void holds(PairedDifference difference, int pairs, double mean, double low, double high) {
        assertThat(difference.pairs()).isEqualTo(pairs);
        assertThat(difference.mean()).isCloseTo(mean, within(1e-12));
        assertThat(difference.low()).isCloseTo(low, within(1e-9));
        assertThat(difference.high()).isCloseTo(high, within(1e-9));
    }
}
