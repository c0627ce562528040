package io.errata.detection.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boxes are 10 × 10; those of {@code near} share 90 of 110 pixels (IoU 9/11) with those of {@code at}. */
class ScoredWindowsTest {

    private static final long A = WindowKey.of(0, 0, 1, 1);
    private static final long B = WindowKey.of(0, 0, 1, 2);
    private static final long C = WindowKey.of(1, 0, 1, 1);
    private static final long D = WindowKey.of(1, 0, 1, 2);

    /** A and B, C and D overlap; all four lie at the same place of their images. */
    private static ScoredWindows windows(float a, float b, float c, float d) {
        return ScoredWindows.of(new long[] {D, C, B, A}, new int[] {3, 2, 1, 0}, new float[] {d, c, b, a}, new float[] {
            1, 0, 11, 10, 0, 0, 10, 10, 1, 0, 11, 10, 0, 0, 10, 10
        });
    }

    @Test
    void sortsByScoreAndKeepsEachWindowsOwnValues() {
        ScoredWindows windows = windows(0.1f, 0.4f, 0.3f, 0.2f);

        assertThat(windows.keys()).containsExactly(B, C, D, A);
        assertThat(windows.classIndex(0)).isEqualTo(1);
        assertThat(windows.score(0)).isEqualTo(0.4f);
        assertThat(windows.box(0).x1()).isEqualTo(1);
        assertThat(windows.classIndex(3)).isEqualTo(0);
        assertThat(windows.box(3).x1()).isEqualTo(0);
    }

    @Test
    void tiesStandInTheOrderOfKeysThenClasses() {
        assertThat(windows(0.5f, 0.5f, 0.5f, 0.5f).keys()).containsExactly(A, B, C, D);

        ScoredWindows twice =
                ScoredWindows.of(new long[] {A, A}, new int[] {2, 1}, new float[] {0.5f, 0.5f}, new float[8]);
        assertThat(twice.classIndex(0)).isEqualTo(1);
    }

    @Test
    void notANumberCountsAsZeroAndTheCallersArrayStaysAsItIs() {
        float[] scores = {Float.NaN, 0.5f};
        ScoredWindows windows = ScoredWindows.of(new long[] {A, B}, new int[2], scores, new float[8]);

        assertThat(windows.keys()).containsExactly(B, A);
        assertThat(windows.score(1)).isZero();
        assertThat(windows.above(0).keys()).containsExactly(B);
        assertThat(scores[0]).isNaN();
    }

    @Test
    void refusesArraysThatDoNotBelongTogether() {
        assertThatThrownBy(() -> ScoredWindows.of(new long[2], new int[2], new float[3], new float[8]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 keys must have 2 classes, 2 scores and 8 box edges, found 2, 3 and 8");
    }

    @Test
    void aboveMeansAboveAndNotAt() {
        assertThat(windows(0.5f, 0.75f, 0.25f, 0.1f).above(0.5).keys()).containsExactly(B);
        assertThat(windows(0.3f, 0, 0, 0).above(0.3f).keys()).isEmpty();
    }

    @Test
    void topTakesTheHighest() {
        ScoredWindows windows = windows(0.1f, 0.4f, 0.3f, 0.2f);

        assertThat(windows.top(2).keys()).containsExactly(B, C);
        assertThat(windows.top(0).size()).isZero();
        assertThat(windows.top(Integer.MAX_VALUE).keys()).containsExactly(B, C, D, A);
    }

    @Test
    void topPerImageTakesTheHighestOfEach() {
        assertThat(windows(0.9f, 0.8f, 0.1f, 0.2f).topPerImage(1).keys()).containsExactly(A, D);
    }

    @Test
    void excludingLeavesOut() {
        assertThat(windows(0.9f, 0.8f, 0.1f, 0.2f).excluding(WindowSet.of(D, A)).keys())
                .containsExactly(B, C);
    }

    @Test
    void suppressesWithinAnImageOnlyWhateverTheClass() {
        ScoredWindows windows = windows(0.1f, 0.4f, 0.3f, 0.2f);

        assertThat(windows.suppressing(0.5).keys()).containsExactly(B, C);
        assertThat(windows.suppressing(9 / 11.0).keys())
                .as("IoU at the limit stays")
                .hasSize(4);
        assertThat(windows.suppressing(1).keys()).containsExactly(B, C, D, A);
    }

    @Test
    void suppressesPerClass() {
        ScoredWindows windows = ScoredWindows.of(
                new long[] {A, A, B}, new int[] {0, 1, 1}, new float[] {0.9f, 0.8f, 0.7f}, new float[] {
                    0, 0, 10, 10, 0, 0, 10, 10, 1, 0, 11, 10
                });

        ScoredWindows kept = windows.suppressingPerClass(0.5, 10);

        assertThat(kept.keys()).containsExactly(A, A);
        assertThat(kept.classIndex(1)).isEqualTo(1);
        assertThat(windows.suppressingPerClass(0.5, 1).size()).isEqualTo(1);
    }

    @Test
    void concatSortsAnew() {
        ScoredWindows low = windows(0.1f, 0.2f, 0.3f, 0.4f).top(2);
        ScoredWindows high = windows(0.9f, 0.8f, 0, 0).top(1);
        ScoredWindows none = ScoredWindows.concat(List.of());

        assertThat(ScoredWindows.concat(List.of(low, none, high)).keys()).containsExactly(A, D, C);
        assertThat(none.size()).isZero();
        assertThat(none.suppressing(0.5).topPerImage(3).above(0).size()).isZero();
    }
}
