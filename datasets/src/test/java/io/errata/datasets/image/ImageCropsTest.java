package io.errata.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageCropsTest {

    private static final int WIDTH = 61;
    private static final int HEIGHT = 47;
    private static final Pixels NOISE = noise();

    @Test
    void aBoxOfWholePixelsIsCutOutAsItIs() {
        byte[] cut = cut(NOISE, Box.ofSize(7, 11, 16, 16), 16);

        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                assertThat(at(cut, 16, x, y)).containsExactly(pixel(NOISE, 7 + x, 11 + y));
            }
        }
    }

    @Test
    void halfPixelsLieBetweenTheirNeighbours() {
        byte[] cut = cut(NOISE, Box.ofSize(7.5, 11, 16, 16), 16);

        for (int x = 0; x < 16; x++) {
            double expected = (pixel(NOISE, 7 + x, 14)[0] + pixel(NOISE, 8 + x, 14)[0]) / 2.0;
            assertThat((double) at(cut, 16, x, 3)[0]).isBetween(expected - 1, expected + 1);
        }
    }

    @Test
    void beyondTheImageItsEdgeIsRepeated() {
        byte[] cut = cut(NOISE, Box.ofSize(-8, -8, 16, 16), 16);
        byte[] outside = cut(NOISE, Box.ofSize(500, 500, 16, 16), 16);

        assertThat(at(cut, 16, 2, 3)).containsExactly(pixel(NOISE, 0, 0));
        assertThat(at(cut, 16, 9, 2)).containsExactly(pixel(NOISE, 1, 0));
        assertThat(at(outside, 16, 5, 5)).containsExactly(pixel(NOISE, WIDTH - 1, HEIGHT - 1));
    }

    @Test
    void aLargeBoxIsAveraged() {
        byte[] rgb = new byte[3 * 256 * 256];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte)
                    ((i / 3 + i / 3 / 256) % 2 == 0 ? 255 : 0); // a chessboard: every second pixel would be one colour
        }
        byte[] cut = cut(new Pixels(256, 256, rgb), Box.ofSize(0, 0, 256, 256), 16);

        for (byte value : cut) {
            assertThat(value & 255).isBetween(126, 129);
        }
    }

    @Test
    void channelsOfOtherViewsAreLeftAlone() {
        byte[] target = new byte[2 + 4 * 4 * 6];
        try (DecodedImage image = DecodedImage.of(NOISE);
                ImageCrops crops = image.crops()) {
            crops.cut(Box.ofSize(0, 0, 4, 4), 4, target, 2 + 3, 6);
        }

        assertThat(target[2]).isZero();
        assertThat(target[2 + 3] & 255).isEqualTo(pixel(NOISE, 0, 0)[0]);
        assertThat(target[2 + 6]).isZero();
    }

    @Test
    void aBoxWithoutExtentIsAPixel() {
        byte[] cut = cut(NOISE, new Box(10.5, 20.5, 10.5, 20.5), 4);

        assertThat(at(cut, 4, 1, 1)).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(at(cut, 4, 1, 1)[i]).isNotNegative();
        }
    }

    private static byte[] cut(Pixels pixels, Box box, int side) {
        byte[] target = new byte[side * side * 3];
        try (DecodedImage image = DecodedImage.of(pixels);
                ImageCrops crops = image.crops()) {
            crops.cut(box, side, target, 0, 3);
        }
        return target;
    }

    private static int[] at(byte[] cut, int side, int x, int y) {
        int at = 3 * (y * side + x);
        return new int[] {cut[at] & 255, cut[at + 1] & 255, cut[at + 2] & 255};
    }

    private static int[] pixel(Pixels pixels, int x, int y) {
        return at(pixels.rgb(), pixels.width(), x, y);
    }

    private static Pixels noise() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        new Random(5).nextBytes(rgb);
        return new Pixels(WIDTH, HEIGHT, rgb);
    }
}
