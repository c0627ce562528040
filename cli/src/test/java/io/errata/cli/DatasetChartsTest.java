package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.statistics.DatasetStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetChartsTest {

    static {
        System.setProperty("java.awt.headless", "true");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 9, 40})
    void fillsAllFourPanels(int classes) {
        Pixels drawn =
                draw(IntStream.range(0, classes).mapToObj(i -> "class " + i).toList());

        assertThat(drawn.width()).isEqualTo(DatasetCharts.WIDTH);
        assertThat(drawn.height()).isEqualTo(DatasetCharts.HEIGHT);
        for (int panel = 0; panel < 4; panel++) {
            // a bar or a step area covers far more than frames and letters
            assertThat(coloured(drawn, panel)).isGreaterThan(3_000);
        }
    }

    @Test
    void drawsDataWithoutObjects() {
        Pixels none =
                DatasetCharts.of(DatasetStatistics.of(Dataset.of(List.of()))).draw();
        Pixels background = DatasetCharts.of(DatasetStatistics.of(Dataset.of(List.of(image("a", List.of())))))
                .draw();

        assertThat(coloured(none, 0)).isZero();
        assertThat(coloured(background, 3)).isPositive();
    }

    /** Names that are long, alike, blank or no text, and boxes of which the area is 0 or too large for a number. */
    @Test
    void drawsWhateverIsInAFile() {
        String longName = "x".repeat(500);
        assertThat(coloured(draw(List.of(longName + "a", longName + "b", " ", "\u0007\n", "?", "<html>", "物")), 0))
                .isPositive();
        List<GroundTruth> odd = List.of(
                GroundTruth.of("a", new Box(0, 0, 1e-300, 1e-300)), GroundTruth.of("a", new Box(0, 0, 1e-320, 1e300)));
        DatasetStatistics statistics = DatasetStatistics.of(Dataset.of(List.of(image("odd", odd))));
        assertThat(DatasetCharts.of(statistics).draw().width()).isEqualTo(DatasetCharts.WIDTH);
    }

    private static Pixels draw(List<String> classes) {
        List<AnnotatedImage> images = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            List<GroundTruth> objects = new ArrayList<>();
            for (int n = 0; n <= i; n++) {
                objects.add(GroundTruth.of(classes.get(i), Box.ofSize(n, n, 10 + 3 * n, 15 + n)));
            }
            images.add(image("image " + i, objects));
        }
        return DatasetCharts.of(DatasetStatistics.of(new Dataset(classes, images)))
                .draw();
    }

    private static AnnotatedImage image(String name, List<GroundTruth> objects) {
        return new AnnotatedImage(name, () -> new Pixels(1, 1, new byte[3]), 200, 200, objects);
    }

    /** Pixels of a quarter of the picture that are not grey. */
    private static int coloured(Pixels picture, int panel) {
        int found = 0;
        for (int y = panel / 2 * 600; y < panel / 2 * 600 + 600; y++) {
            for (int x = panel % 2 * 800; x < panel % 2 * 800 + 800; x++) {
                int at = 3 * (y * picture.width() + x);
                byte[] rgb = picture.rgb();
                found += rgb[at] == rgb[at + 1] && rgb[at] == rgb[at + 2] ? 0 : 1;
            }
        }
        return found;
    }
}
