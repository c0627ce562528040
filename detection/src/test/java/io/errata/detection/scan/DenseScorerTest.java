package io.errata.detection.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.datasets.image.Pixels;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import io.errata.detection.Corpora;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole levels at once, patch by patch, chosen on the device or on the host: always the same windows. */
class DenseScorerTest {

    /** Even, odd, one row, one column, one pixel. */
    private static final int[][] SIZES = {{40, 30}, {31, 45}, {40, 1}, {1, 40}, {1, 1}, {7, 9}};

    private static List<Level> levels(int width, int height, int images) {
        Random random = new Random(width * 100L + height);
        return IntStream.range(0, images)
                .mapToObj(i -> Pyramid.of(Corpora.noise(random, width, height), Corpora.GEOMETRY)
                        .level(0))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "3, false", "3, true"})
    void scoresEveryWindowAsItsPatchAlone(int classes, boolean offsets) {
        try (ConvolutionNetwork network = new ConvolutionNetwork(classes, offsets, 1)) {
            for (int[] size : SIZES) {
                Pixels pixels = Corpora.noise(new Random(2), size[0], size[1]);
                for (int index = 0; index < Corpora.GEOMETRY.levels(); index++) {
                    Level level = Pyramid.of(pixels, Corpora.GEOMETRY).level(index);
                    float[] dense = new DenseScorer(network).score(level);
                    float[] patches = new PatchScorer(network, 7).score(level);

                    assertThat(dense).hasSize(level.grid().windows() * classes);
                    assertThat(dense).containsExactly(patches, within(1e-4f));
                }
            }
        }
    }

    @Test
    void scoresDifferFromWindowToWindow() {
        try (ConvolutionNetwork network = new ConvolutionNetwork(1, false, 1)) {
            float[] scores = new DenseScorer(network).score(levels(40, 30, 1).get(0));
            Arrays.sort(scores);

            assertThat(scores[0]).isLessThan(0.3f);
            assertThat(scores[scores.length - 1]).isGreaterThan(0.7f);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "3, false", "3, true"})
    void choosesOnTheDeviceAsOnTheHost(int classes, boolean offsets) {
        try (ConvolutionNetwork network = new ConvolutionNetwork(classes, offsets, 3)) {
            for (int[] size : SIZES) {
                List<Level> levels = levels(size[0], size[1], 3);
                int windows = 3 * levels.get(0).grid().windows();
                byte[] mask = mask(windows);
                int[] tracked = {windows - 1, 0, windows / 2};
                for (Selection selection : List.of(
                        Selection.above(0.5, 10_000),
                        new Selection(0.5, 10_000, mask, tracked),
                        new Selection(0.3, 5, mask, tracked),
                        Selection.above(0.1, 1),
                        new Selection(0.9999, 5, mask, tracked))) {
                    ScanHits device = new DenseScorer(network).hits(levels, selection);
                    ScanHits host = new PatchScorer(network, 64).hits(levels, selection);

                    assertSame(device, host, classes);
                }
            }
        }
    }

    @Test
    void ofEqualScoresReturnsAsManyAsAskedFor() {
        try (ConvolutionNetwork network = new ConvolutionNetwork(3, true, 5)) {
            byte[] grey = new byte[3 * 40 * 30];
            Level flat = Pyramid.of(new Pixels(40, 30, grey), Corpora.GEOMETRY).level(0);
            float[] scores = new DenseScorer(network).score(flat);
            float best = Math.max(scores[0], Math.max(scores[1], scores[2]));
            byte[] mask = new byte[flat.grid().windows()];
            Arrays.fill(mask, 100, 200, (byte) 1);
            Selection selection = new Selection(best / 2, 30, mask, new int[0]);

            for (WindowScorer scorer : List.of(new DenseScorer(network), new PatchScorer(network, 64))) {
                ScanHits hits = scorer.hits(List.of(flat), selection);

                assertThat(hits.found()).isEqualTo(100);
                assertThat(Arrays.stream(hits.windows()))
                        .hasSize(30)
                        .doesNotHaveDuplicates()
                        .allMatch(w -> w >= 100 && w < 200);
            }
        }
    }

    @Test
    void crowdedLevelsLeaveOthersTheirShare() {
        try (ConvolutionNetwork network = new ConvolutionNetwork(1, false, 3)) {
            List<Level> levels = new ArrayList<>(levels(40, 30, 2));
            int windows = levels.get(0).grid().windows();
            byte[] mask = new byte[2 * windows];
            Arrays.fill(mask, 0, windows, (byte) 1);
            Arrays.fill(mask, windows, windows + 9, (byte) 1);
            Selection selection = new Selection(0.01, 8, mask, new int[0]);

            for (WindowScorer scorer : List.of(new DenseScorer(network), new PatchScorer(network, 64))) {
                ScanHits hits = scorer.hits(levels, selection);

                assertThat(hits.found()).isGreaterThan(100);
                assertThat(Arrays.stream(hits.windows()).filter(w -> w < windows))
                        .hasSize(8);
                assertThat(Arrays.stream(hits.windows()).filter(w -> w >= windows))
                        .hasSize(8);
            }
        }
    }

    @Test
    void returnsWatchedWindowsThoughNothingPasses() {
        try (ConvolutionNetwork network = new ConvolutionNetwork(3, true, 3)) {
            List<Level> levels = levels(31, 45, 2);
            byte[] none = new byte[2 * levels.get(0).grid().windows()];
            float[] second = new DenseScorer(network).score(levels.get(1));
            int first = levels.get(0).grid().windows();

            ScanHits hits = new DenseScorer(network).hits(levels, new Selection(0.5, 5, none, new int[] {first + 4}));

            assertThat(hits.found()).isZero();
            assertThat(hits.windows()).isEmpty();
            assertThat(hits.offsets()).isEmpty();
            assertThat(hits.tracked()).containsExactly(Arrays.copyOfRange(second, 12, 15), within(1e-5f));
        }
    }

    @Test
    void refusesANetworkOfAnotherStride() {
        WindowGeometry other = new WindowGeometry(8, 4, 1, List.of(new WindowShape(8, 8)));
        Level level = Pyramid.of(Corpora.noise(new Random(1), 40, 30), other).level(0);
        try (ConvolutionNetwork network = new ConvolutionNetwork(1, false, 1)) {
            assertThatThrownBy(() -> new DenseScorer(network).score(level))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("8 × 11 windows")
                    .hasMessageContaining("16 × 21");
        }
    }

    @Test
    void patchesAreScoredAtLeastOneAtATime() {
        try (ConvolutionNetwork network = new ConvolutionNetwork(1, false, 1)) {
            assertThatThrownBy(() -> new PatchScorer(network, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("batch must be ≥ 1, found 0");
        }
    }

    /** The mask lets two of three windows through. */
    private static byte[] mask(int windows) {
        Random random = new Random(4);
        byte[] mask = new byte[windows];
        for (int i = 0; i < windows; i++) {
            mask[i] = (byte) (random.nextInt(3) == 0 ? 0 : 1);
        }
        return mask;
    }

    private static void assertSame(ScanHits device, ScanHits host, int classes) {
        assertThat(device.found()).isEqualTo(host.found());
        assertThat(byWindow(device, classes).keySet())
                .isEqualTo(byWindow(host, classes).keySet());
        byWindow(device, classes)
                .forEach((window, values) -> assertThat(values)
                        .as("window %d", window)
                        .containsExactly(byWindow(host, classes).get(window), within(1e-4f)));
        assertThat(device.tracked()).containsExactly(host.tracked(), within(1e-4f));
    }

    /** Scores and offsets of each window. */
    private static Map<Integer, float[]> byWindow(ScanHits hits, int classes) {
        Map<Integer, float[]> all = new TreeMap<>();
        int offsets = hits.offsets().length == 0 ? 0 : 4;
        for (int i = 0; i < hits.windows().length; i++) {
            float[] values = new float[classes + offsets];
            System.arraycopy(hits.scores(), i * classes, values, 0, classes);
            System.arraycopy(hits.offsets(), i * offsets, values, classes, offsets);
            all.put(hits.windows()[i], values);
        }
        return all;
    }
}
