package io.errata.detection.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.errata.core.geometry.Box;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.FoldedNetwork;
import io.errata.detection.network.Network;
import io.errata.detection.scan.PatchScorer;
import io.errata.detection.scan.ScoredBoxes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecondLookTest {

    private static final int PATCH = 16;
    private static final double CONTEXT = 2;
    /** A level of the image itself, not resized. */
    private static final WindowGeometry GEOMETRY =
            new WindowGeometry(PATCH, 4, CONTEXT, List.of(WindowShape.of(PATCH / CONTEXT, 1)));

    /** A box that its window framed is looked at as the scan saw it; a mirror image of itself adds nothing new. */
    @Test
    void ofTheWindowItselfScoresWhatTheScanScored() {
        Pixels image = symmetric(80, 48);
        try (Network network = network();
                FoldedNetwork folded = network.fold();
                DecodedImage decoded = DecodedImage.of(image);
                Pyramid pyramid = Pyramid.of(decoded.shared(), GEOMETRY)) {
            Level level = pyramid.level(0);
            float[] scanned = new PatchScorer(folded, 64).score(level);
            int row = 4;
            int column = middleColumn(level);
            float score = scanned[row * level.grid().columns() + column];
            Box frame = level.grid().box(row, column);

            ScoredBoxes again = SecondLook.with(folded, CONTEXT).refine(decoded, one(frame, score));

            assertThat(again.scores()[0]).isCloseTo(score, within(1e-4f));
            // moved by a mirrored pair of shifts: not sideways
            assertThat(again.box(0).x1() + again.box(0).x2()).isCloseTo(80.0, within(1e-3));
            assertThat(again.box(0)).isNotEqualTo(frame);
        }
    }

    @Test
    void looksAtNothingWhereNothingWasFound() {
        try (Network network = network();
                FoldedNetwork folded = network.fold();
                DecodedImage decoded = DecodedImage.of(symmetric(8, 8))) {
            ScoredBoxes none = new ScoredBoxes(new int[0], new float[0], new float[0]);

            assertThat(SecondLook.with(folded, CONTEXT).refine(decoded, none).size())
                    .isZero();
        }
    }

    private static int middleColumn(Level level) {
        for (int column = 0; column < level.grid().columns(); column++) {
            if (level.grid().centreX(column) == 40) {
                return column;
            }
        }
        throw new AssertionError("no window in the middle");
    }

    private static Network network() {
        return Network.create(new Architecture(PATCH, 4, List.of(4, 5, 6, 7, 8), true, true), 1, 3, Device.cpu());
    }

    private static ScoredBoxes one(Box box, float score) {
        float[] edges = {(float) box.x1(), (float) box.y1(), (float) box.x2(), (float) box.y2()};
        return new ScoredBoxes(new int[1], new float[] {score}, edges);
    }

    /** Noise whose right half mirrors its left half. */
    private static Pixels symmetric(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        Random random = new Random(5);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width / 2; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    byte value = (byte) random.nextInt(256);
                    rgb[3 * (y * width + x) + channel] = value;
                    rgb[3 * (y * width + width - 1 - x) + channel] = value;
                }
            }
        }
        return new Pixels(width, height, rgb);
    }
}
