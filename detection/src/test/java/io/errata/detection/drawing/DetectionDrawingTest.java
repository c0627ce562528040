package io.errata.detection.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.datasets.image.Pixels;
import io.errata.detection.Detection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionDrawingTest {

    private static final DetectionDrawing DRAWING = DetectionDrawing.of(List.of("cat", "dog"));

    @Test
    void leavesTheImageAndWhatIsFarFromBoxesAlone() {
        Pixels image = grey(200, 100, 90);
        Pixels drawn = DRAWING.draw(image, List.of(new Detection("cat", 0.9, new Box(20, 40, 60, 80))));

        assertThat(image.rgb()).isEqualTo(grey(200, 100, 90).rgb());
        assertThat(color(drawn, 150, 20)).isEqualTo(color(image, 0, 0));
        assertThat(color(drawn, 40, 60)).isEqualTo(color(image, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 255})
    void standsOutOnDarkAndLight(int level) {
        Pixels drawn = DRAWING.draw(grey(200, 100, level), List.of(new Detection("dog", 0.5, new Box(20, 40, 60, 80))));
        assertThat(contrast(drawn, 20, 60, level)).isGreaterThan(60);
        assertThat(color(drawn, 59, 60)).isEqualTo(color(drawn, 20, 60));
        assertThat(color(drawn, 40, 79)).isEqualTo(color(drawn, 20, 60));
    }

    @Test
    void givesEachClassItsColour() {
        Set<Integer> colors = new HashSet<>();
        for (String label : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            DetectionDrawing drawing = DetectionDrawing.of(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
            colors.add(color(
                    drawing.draw(grey(99, 99, 0), List.of(new Detection(label, 1, new Box(20, 40, 60, 80)))), 20, 60));
        }
        assertThat(colors).hasSize(8);
    }

    @Test
    void drawsBoxesAtTheBorderAndOnTinyImages() {
        List<Detection> everywhere = List.of(
                new Detection("cat", 1, new Box(0, 0, 3, 3)),
                new Detection("ünknown\n", 0, new Box(-5, -5, 500, 500)),
                new Detection("dog", 0.25, new Box(2.5, 2.5, 2.5, 2.5)));
        assertThat(DRAWING.draw(grey(3, 3, 10), everywhere).width()).isEqualTo(3);
        assertThat(DRAWING.draw(grey(640, 480, 10), everywhere).height()).isEqualTo(480);
    }

    private static Pixels grey(int width, int height, int level) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) level);
        return new Pixels(width, height, rgb);
    }

    private static int color(Pixels pixels, int x, int y) {
        int at = 3 * (y * pixels.width() + x);
        return (pixels.rgb()[at] & 0xff) << 16 | (pixels.rgb()[at + 1] & 0xff) << 8 | (pixels.rgb()[at + 2] & 0xff);
    }

    /** The largest difference of a channel from the level of the image. */
    private static int contrast(Pixels pixels, int x, int y, int level) {
        int color = color(pixels, x, y);
        int red = Math.abs((color >> 16) - level);
        int green = Math.abs(((color >> 8) & 0xff) - level);
        return Math.max(Math.max(red, green), Math.abs((color & 0xff) - level));
    }
}
