package io.errata.mining.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.datasets.Dataset;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import io.errata.detection.Corpora;
import io.errata.detection.scan.Scan;
import io.errata.detection.scan.ScoredWindows;
import io.errata.mining.ledger.Ledger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Windows of the first level: 8 × 8 pixels every 2, so that neighbours overlap at IoU 0.6, the next at 1/3, those 4 apart at 0. */
class HardNegativesTest {

    private static final Dataset DATASET = Corpora.dataset(1, new int[] {64, 48}, new int[] {64, 48});
    private static final WindowCorpus CORPUS = Corpora.corpus(DATASET);

    /** Windows of one row of the first image, by column. */
    private static ScoredWindows row(int[] columns, float... scores) {
        long[] keys = new long[columns.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = WindowKey.of(0, 0, 5, columns[i]);
        }
        return Corpora.scored(CORPUS, keys, scores);
    }

    private static int[] columns(ScoredWindows windows) {
        return LongStream.of(windows.keys()).mapToInt(WindowKey::column).toArray();
    }

    private static int[] chosen(MiningPolicy policy, ScoredWindows windows) {
        return columns(policy.choose(windows, WindowHistory.none()));
    }

    @Test
    void takesTheHighestAboveTheThresholdWithoutTheirNeighbours() {
        ScoredWindows windows = row(new int[] {4, 5, 12, 20}, 0.7f, 0.8f, 0.6f, 0.5f);

        assertThat(chosen(HardNegatives.above(0.5), windows)).containsExactly(5, 12);
        assertThat(chosen(HardNegatives.above(0.5).suppressing(0.6), windows)).containsExactly(5, 4, 12);
        assertThat(chosen(HardNegatives.above(0.5).suppressing(0.01), windows)).containsExactly(5, 12);
        assertThat(chosen(HardNegatives.above(0.75), windows)).containsExactly(5);
    }

    @Test
    void theCapOfAnImageIsCountedAfterSuppression() {
        ScoredWindows windows = row(new int[] {4, 5, 12, 20}, 0.7f, 0.8f, 0.65f, 0.6f);

        assertThat(chosen(HardNegatives.above(0.5).perImage(2), windows)).containsExactly(5, 12);
    }

    @Test
    void nothingHardIsNothingChosen() {
        assertThat(chosen(HardNegatives.above(0.5), row(new int[0]))).isEmpty();
        assertThat(chosen(HardNegatives.above(0.9), row(new int[] {1}, 0.9f))).isEmpty();
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> HardNegatives.above(1)).hasMessage("threshold must be in [0, 1), found 1.0");
        assertThatThrownBy(() -> HardNegatives.above(Double.NaN)).hasMessageContaining("found NaN");
        assertThatThrownBy(() -> HardNegatives.above(0.5).perImage(0)).hasMessage("perImage must be ≥ 1, found 0");
        assertThatThrownBy(() -> HardNegatives.above(0.5).within(0.5, 0))
                .hasMessage("candidatesPerImage must be ≥ 1, found 0");
        assertThatThrownBy(() -> HardNegatives.above(0.5).suppressing(1.01)).hasMessageContaining("found 1.01");
        assertThatThrownBy(() -> HardNegatives.above(0.5).suppressing(Double.NaN))
                .hasMessageContaining("found NaN");
    }

    @Test
    void moreAnImageThanCandidatesRaisesThose() {
        assertThat(HardNegatives.above(0.5).perImage(5000).candidatesPerImage()).isEqualTo(5000);
    }

    @Test
    void aPolicyCanBeALambda() {
        MiningPolicy policy = (windows, history) ->
                windows.above(0.3).excluding(history.learned()).topPerImage(10);
        int[] columns = IntStream.range(0, 20).toArray();
        float[] scores = new float[20];
        for (int i = 0; i < 20; i++) {
            scores[i] = 0.25f + i * 0.03125f;
        }
        try (Ledger ledger = Ledger.inMemory(DATASET)) {
            Scan.Report report = new Scan.Report(100, 2, 1);
            ScoredWindows mined = row(new int[] {18, 19}, 0.9f, 0.9f);
            ledger.record(0, 0.5, 100, report, mined, ScoredWindows.concat(List.of()), CORPUS);
            ledger.record(
                    1, 0.5, 98, report, ScoredWindows.concat(List.of()), row(new int[] {18, 19}, 0.5f, 0.6f), CORPUS);

            ScoredWindows chosen = policy.choose(row(columns, scores), ledger.history(0));

            assertThat(columns(chosen))
                    .as("18 was learned, 19 not")
                    .containsExactly(19, 17, 16, 15, 14, 13, 12, 11, 10, 9);
            assertThat(ledger.history(0).mined().size()).isEqualTo(2);
            assertThat(ledger.history(1)).isEqualTo(WindowHistory.none());
        }
        assertThat(policy.threshold()).isEqualTo(0.1);
        assertThat(policy.candidatesPerImage()).isEqualTo(4000);
    }
}
