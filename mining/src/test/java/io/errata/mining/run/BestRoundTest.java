package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.detection.evaluation.Figures;
import io.errata.mining.config.BestBy;
import io.errata.mining.config.EvaluationSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BestRoundTest {

    /** AP50, AP and log-average miss rate of the rounds of a run, of which two have the best AP50. */
    private static final double[][] ROUNDS = {{0.866, 0.646, 0.04}, {0.994, 0.866, 0}, {0.994, 0.805, 0}};

    @Test
    void isChosenByApUnlessSaidOtherwise() {
        assertThat(best(EvaluationSettings.withDefaults().bestBy(), ROUNDS)).isEqualTo(1);
    }

    @Test
    void theLastOfEqualRoundsIsBest() {
        assertThat(best(BestBy.AP50, ROUNDS)).isEqualTo(2);
        assertThat(best(BestBy.LAMR, ROUNDS)).isEqualTo(2);
        double[] same = {0.5, 0.5, 0.5};
        for (BestBy metric : BestBy.values()) {
            assertThat(best(metric, same, same, same)).isEqualTo(2);
        }
    }

    @Test
    void aFigureIsBetterThanNone() {
        double[] none = {Double.NaN, Double.NaN, Double.NaN};
        double[] worst = {0, 0, 1};
        for (BestBy metric : BestBy.values()) {
            assertThat(best(metric, none, worst, none)).isEqualTo(1);
            assertThat(best(metric, none, none)).isEqualTo(1);
        }
    }

    @Test
    void goesOnFromTheBestRoundOfACheckpoint() {
        BestRound best = new BestRound(BestBy.AP);
        best.restore(result(1, ROUNDS[1]));

        assertThat(best.offer(result(2, ROUNDS[2]))).isFalse();
        assertThat(best.round()).isEqualTo(1);
        assertThat(best.offer(result(3, ROUNDS[1]))).isTrue();
        assertThat(best.round()).isEqualTo(3);
    }

    private static @Nullable Integer best(BestBy metric, double[]... rounds) {
        BestRound best = new BestRound(metric);
        for (int round = 0; round < rounds.length; round++) {
            best.offer(result(round, rounds[round]));
        }
        return best.round();
    }

    private static RoundResult result(int round, double[] figures) {
        return new RoundResult(
                round,
                new Figures(figures[0], figures[1], figures[2], Map.of()),
                1,
                new RoundResult.Negatives(1, 0, 0, 0),
                1,
                1,
                0,
                0,
                new RoundResult.Train(1, 1),
                new RoundResult.ScanTime(1, 1),
                0);
    }
}
