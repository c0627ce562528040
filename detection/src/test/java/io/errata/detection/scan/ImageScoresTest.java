package io.errata.detection.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowShape;
import io.errata.detection.Corpora;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On an image of 16 × 16 pixels the window of row r and column c frames the 8 × 8 pixels about (2c, 2r). */
class ImageScoresTest {

    private static final WindowGeometry GEOMETRY = new WindowGeometry(8, 2, 1, List.of(new WindowShape(8, 8)));
    private static final AnnotatedImage IMAGE =
            new AnnotatedImage("image", () -> Corpora.noise(new Random(1), 16, 16), 16, 16, List.of());
    private static final long MIDDLE = WindowKey.of(0, 0, 4, 3);
    private static final long CORNER = WindowKey.of(0, 0, 0, 0);

    private static ImageScores of(long[] keys, float[] scores, float... offsets) {
        return new ImageScores(
                0, IMAGE, GEOMETRY, 2, keys, scores, offsets, new long[] {CORNER}, new float[] {0.1f, 0.2f});
    }

    @Test
    void decodesTheBoxThatTheNetworkSays() {
        // centre (6 + 0.25 · 8, 8 − 0.5 · 8) = (8, 4), size 8 · 2 by 8 / 2: x 0 to 16, y 2 to 6
        ScoredWindows detections = of(
                        new long[] {MIDDLE}, new float[] {0.9f, 0.1f}, 0.25f, -0.5f, (float) Math.log(2), (float)
                                Math.log(0.5))
                .detections(0.5);

        assertThat(detections.size()).isEqualTo(1);
        assertNear(detections.box(0), new Box(0, 2, 16, 6));
    }

    @Test
    void clipsDecodedBoxesAndDoesNotBelieveAbsurdOffsets() {
        // the logarithm of the extent is bounded by 1: 8e = 21.7 pixels about (0, 0); NaN is 0
        ScoredWindows detections = of(new long[] {CORNER}, new float[] {0.9f, 0.1f}, Float.NaN, 0, 50, Float.NaN)
                .detections(0.5);

        assertNear(detections.box(0), new Box(0, 0, 4 * Math.E, 4));
    }

    @Test
    void withoutOffsetsTheBoxIsTheFrame() {
        ScoredWindows detections =
                of(new long[] {MIDDLE}, new float[] {0.9f, 0.1f}).detections(0.5);

        assertNear(detections.box(0), new Box(2, 4, 10, 12));
    }

    @Test
    void everyClassAboveTheThresholdIsADetection() {
        ScoredWindows detections = of(new long[] {MIDDLE, CORNER}, new float[] {0.6f, 0.7f, 0.5f, 0.8f})
                .detections(0.5);

        assertThat(detections.keys()).containsExactly(CORNER, MIDDLE, MIDDLE);
        assertThat(detections.classIndex(0)).isEqualTo(1);
        assertThat(detections.classIndex(1)).isEqualTo(1);
        assertThat(detections.classIndex(2)).isEqualTo(0);
        assertThat(detections.score(2)).isEqualTo(0.6f);
    }

    @Test
    void aWindowHasItsBestClassAndItsFrame() {
        ScoredWindows windows = of(new long[] {MIDDLE, CORNER}, new float[] {0.6f, 0.7f, 0.9f, 0.8f}, new float[8])
                .windows();

        assertThat(windows.keys()).containsExactly(CORNER, MIDDLE);
        assertThat(windows.classIndex(0)).isEqualTo(0);
        assertThat(windows.classIndex(1)).isEqualTo(1);
        assertNear(windows.box(0), new Box(0, 0, 4, 4));
        assertNear(windows.box(1), new Box(2, 4, 10, 12));
    }

    @Test
    void watchedWindowsHaveTheirBestClassToo() {
        ScoredWindows tracked = of(new long[0], new float[0]).tracked();

        assertThat(tracked.keys()).containsExactly(CORNER);
        assertThat(tracked.classIndex(0)).isEqualTo(1);
        assertThat(tracked.score(0)).isEqualTo(0.2f);
    }

    @Test
    void nothingIsNothing() {
        assertThat(of(new long[0], new float[0]).windows().size()).isZero();
        assertThat(of(new long[0], new float[0]).detections(0).size()).isZero();
    }

    private static void assertNear(Box found, Box expected) {
        assertThat(new double[] {found.x1(), found.y1(), found.x2(), found.y2()})
                .containsExactly(
                        new double[] {expected.x1(), expected.y1(), expected.x2(), expected.y2()}, within(1e-5));
    }
}
