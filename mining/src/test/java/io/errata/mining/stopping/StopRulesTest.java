package io.errata.mining.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopRulesTest {

    private static final StopRules RULES = StopRules.of(10, 2);

    /** Rounds with hard negatives left, of these pairs of quality and learning rate. */
    private static List<StopRules.Round> rounds(double... qualityAndRate) {
        List<StopRules.Round> rounds = new ArrayList<>();
        for (int i = 0; i < qualityAndRate.length; i += 2) {
            rounds.add(new StopRules.Round(qualityAndRate[i], qualityAndRate[i + 1], true, 5));
        }
        return rounds;
    }

    @Test
    void goesOnBeforeTheFirstRound() {
        assertThat(RULES.reason(List.of())).isEmpty();
    }

    @Test
    void stopsWithoutImprovementAtALowLearningRate() {
        assertThat(RULES.reason(rounds(0.8, 0.3, 0.7, 0.2))).isEmpty();
        assertThat(RULES.reason(rounds(0.8, 0.3, 0.7, 0.2, 0.8, 0.1))).contains("no improvement in 2 rounds");
        assertThat(StopRules.of(10, 1).reason(rounds(0.8, 0.3, 0.7, 0.2))).contains("no improvement in 1 round");
    }

    @Test
    void comparesWithTheBestSoFarAndNotWithTheLast() {
        assertThat(RULES.reason(rounds(0.8, 0.3, 0.5, 0.25, 0.6, 0.2))).contains("no improvement in 2 rounds");
        assertThat(RULES.reason(rounds(0.8, 0.3, 0.5, 0.25, 0.9, 0.2))).isEmpty();
    }

    @Test
    void doesNotCountRoundsAtAHighLearningRate() {
        assertThat(RULES.reason(rounds(0.8, 1, 0.7, 0.9, 0.6, 0.8, 0.5, 0.31))).isEmpty();
        assertThat(RULES.reason(rounds(0.8, 1, 0.7, 0.9, 0.6, 0.8, 0.5, 0.3))).isEmpty();
        assertThat(RULES.reason(rounds(0.8, 1, 0.7, 0.9, 0.6, 0.3, 0.5, 0.2))).contains("no improvement in 2 rounds");
    }

    @Test
    void doesNotJudgeRoundsWithoutAFigure() {
        double none = Double.NaN;
        assertThat(RULES.reason(rounds(none, 0.3, none, 0.2, none, 0.1, none, 0.05)))
                .isEmpty();
        assertThat(RULES.reason(rounds(0.8, 0.3, none, 0.2, 0.7, 0.1, none, 0.05)))
                .isEmpty();
        assertThat(RULES.reason(rounds(none, 0.3, 0.1, 0.2, 0.1, 0.1, 0.1, 0.05)))
                .contains("no improvement in 2 rounds");
    }

    @Test
    void stopsWhereNoHardNegativesAreLeft() {
        assertThat(RULES.reason(List.of(new StopRules.Round(0.8, 0.3, true, 0))))
                .contains("no hard negatives left");
        assertThat(RULES.reason(List.of(new StopRules.Round(0.8, 0.31, true, 0))))
                .as("a high learning rate")
                .isEmpty();
        assertThat(RULES.reason(List.of(new StopRules.Round(0.8, 0.1, false, 0))))
                .as("not scanned")
                .isEmpty();
        assertThat(RULES.reason(
                        List.of(new StopRules.Round(0.7, 0.3, true, 0), new StopRules.Round(0.8, 0.2, true, 1))))
                .as("earlier rounds do not matter")
                .isEmpty();
    }

    @Test
    void stopsWhereTheBudgetIsSpent() {
        assertThat(StopRules.of(2, 5).reason(rounds(0.1, 1))).isEmpty();
        assertThat(StopRules.of(2, 5).reason(rounds(0.1, 1, 0.2, 0.9))).contains("all 2 rounds done");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> StopRules.of(0, 2)).hasMessage("rounds must be ≥ 1, found 0");
        assertThatThrownBy(() -> StopRules.of(1, 0)).hasMessage("patience must be ≥ 1, found 0");
        assertThatThrownBy(() -> new StopRules(1, 1, 1.5)).hasMessage("lowLearningRate must be in [0, 1], found 1.5");
        assertThatThrownBy(() -> new StopRules(1, 1, Double.NaN)).hasMessageContaining("found NaN");
    }
}
