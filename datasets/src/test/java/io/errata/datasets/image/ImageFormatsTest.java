package io.errata.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images as other programs write them; make_images.py beside them made them with Pillow 13. */
class ImageFormatsTest {

    private static final int[][] COLOURS = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};

    @ParameterizedTest
    @ValueSource(strings = {"cmyk.jpg", "palette.png", "alpha.png", "lossless.webp", "cmyk.tif"})
    void decodesToEightBitsOfRedGreenAndBlue(String name) {
        Pixels pixels = read(name);

        assertThat(pixels.width()).isEqualTo(32);
        assertThat(pixels.height()).isEqualTo(32);
        assertShowsTheColours(pixels);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void showsTheSamePictureWhateverItsExifOrientation(int orientation) {
        for (String ending : List.of(".jpg", ".tif")) {
            Pixels pixels = read("exif" + orientation + ending);

            assertThat(pixels.width()).isEqualTo(48);
            assertThat(pixels.height()).isEqualTo(32);
            assertShowsTheColours(pixels);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey16.png", "grey16.tif"})
    void takesTheUpperEightOfSixteenBits(String name) {
        Pixels pixels = read(name);

        assertThat(pixels.rgb()[3 * 8] & 0xFF).isCloseTo(0x40, within(1));
        assertThat(pixels.rgb()[3 * 24] & 0xFF).isEqualTo(0xFF);
    }

    @Test
    void readsAnImageOfSingleBits() {
        assertThat(read("bits.png").rgb()).hasSize(3 * 32 * 32).containsOnly((byte) 0, (byte) 255);
    }

    /** Red and green above blue and white. */
    private static void assertShowsTheColours(Pixels pixels) {
        for (int field = 0; field < 4; field++) {
            int x = field % 2 == 0 ? 6 : pixels.width() - 7;
            int y = field / 2 == 0 ? 6 : pixels.height() - 7;
            for (int channel = 0; channel < 3; channel++) {
                assertThat(pixels.rgb()[3 * (y * pixels.width() + x) + channel] & 0xFF)
                        .as("channel %d at %d, %d", channel, x, y)
                        .isCloseTo(COLOURS[field][channel], within(12));
            }
        }
    }

    /** The pixels, whose size must be the header's. */
    private static Pixels read(String name) {
        URL resource = ImageFormatsTest.class.getResource(name);
        assertThat(resource).isNotNull();
        try {
            Path file = Path.of(resource.toURI());
            Pixels pixels = new ImageFile(file).read();
            assertThat(ImageFile.size(file)).isEqualTo(new ImageSize(pixels.width(), pixels.height()));
            return pixels;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
