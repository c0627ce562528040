package io.errata.datasets.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.errata.core.geometry.Box;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.RealData;
import io.errata.datasets.Scenes;
import io.errata.datasets.format.DatasetSpec;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetStatisticsTest {

    /** Two cats (20 × 5 and 10 × 40), one of them on an image with a dog of 30 × 30; what else there is is not learned. */
    private static final Dataset PETS = new Dataset(
            List.of("dog", "cat", "bird"),
            List.of(
                    Scenes.image("one", 100, 80, cat(0, 0, 20, 5), dog(40, 40, 30, 30)),
                    Scenes.image("two", 100, 80, cat(0, 0, 10, 40), marked(true, false), marked(false, true)),
                    Scenes.image("three", 100, 80),
                    Scenes.image("four", 100, 80, marked(true, true), cat(5, 5, 0, 10))));

    @Test
    void countsObjectsOfEachClass() {
        DatasetStatistics statistics = DatasetStatistics.of(PETS);

        assertThat(statistics.images()).isEqualTo(4);
        assertThat(statistics.backgrounds()).isEqualTo(1);
        assertThat(statistics.objects()).isEqualTo(3);
        assertThat(statistics.classes())
                .extracting(
                        ClassStatistics::label,
                        ClassStatistics::images,
                        ClassStatistics::objects,
                        ClassStatistics::difficult,
                        ClassStatistics::ignored)
                .containsExactly(tuple("dog", 1, 1, 0, 0), tuple("cat", 2, 2, 1, 3), tuple("bird", 0, 0, 0, 0));
        assertThat(statistics.commonest()).map(ClassStatistics::label).contains("cat");
        assertThat(statistics.rarest()).map(ClassStatistics::label).contains("dog");
    }

    @Test
    void measuresWhatCanBeLearned() {
        DatasetStatistics statistics = DatasetStatistics.of(PETS);

        // sizes 10 (20 × 5), 20 (10 × 40) and 30; aspect ratios 4, 1/4 and 1
        assertThat(statistics.sizes().quantile(0)).isEqualTo(10);
        assertThat(statistics.sizes().quantile(0.5)).isEqualTo(20);
        assertThat(statistics.sizes().quantile(1)).isEqualTo(30);
        assertThat(statistics.widths().mean()).isEqualTo(20);
        assertThat(statistics.heights().mean()).isEqualTo(25);
        assertThat(statistics.aspects().quantile(0.5)).isEqualTo(1);
        assertThat(statistics.classes().get(1).aspects().quantile(0.5)).isEqualTo(2.125);
        assertThat(statistics.classes().get(1).sizes().quantile(0.5)).isEqualTo(15);
        // 2, 1, 0 and 0 objects
        assertThat(statistics.objectsPerImage().mean()).isEqualTo(0.75);
        assertThat(statistics.objectsPerImage().quantile(1)).isEqualTo(2);
    }

    @Test
    void takesDataWithoutObjects() {
        DatasetStatistics statistics = DatasetStatistics.of(Dataset.of(List.of()));

        assertThat(statistics.objects()).isZero();
        assertThat(statistics.rarest()).isEmpty();
        assertThat(statistics.commonest()).isEmpty();
        assertThat(statistics.sizes().quantile(0.5)).isNaN();
    }

    /** A grid of 20-pixel frames every 5 pixels: the cat of 20 × 20 is met exactly, the mouse of 4 × 4 never. */
    @Test
    void countsWindowsAndWhatTheyReach() {
        Dataset dataset = new Dataset(
                List.of("cat", "mouse"),
                List.of(Scenes.image("one", 60, 60, cat(20, 20, 20, 20), object("mouse", 50, 2, 4, 4))));
        WindowGeometry geometry = new WindowGeometry(20, 5, 1, List.of(new WindowShape(20, 20)));
        WindowStatistics windows = WindowStatistics.of(WindowCorpus.of(dataset, geometry, Labelling.withDefaults()));

        // a border of 10 pixels: (60 + 20 − 20) / 5 + 1 = 13 windows along each side
        assertThat(windows.windows()).isEqualTo(169);
        assertThat(windows.levels()).hasSize(1);
        // one shifted by 5 pixels along one axis has IoU 300 / 500 = 0.6, along both 225 / 575 = 0.39 (ignored, as is
        // one 10 pixels
        // off: 200 / 600 = 0.33); further ones are below 0.3
        assertThat(windows.positives()).isEqualTo(5);
        assertThat(windows.ignored()).isEqualTo(8);
        assertThat(windows.negatives()).isEqualTo(156);
        assertThat(windows.negativesPerPositive()).isEqualTo(31.2);
        assertThat(windows.classes())
                .containsExactly(
                        new WindowStatistics.OfClass("cat", 5, 1, 1), new WindowStatistics.OfClass("mouse", 0, 1, 0));
        assertThat(windows.classes().get(1).reach()).isZero();
        assertThat(windows.gridRecall().at50()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void classesAddUpToTheCorpus(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Dataset dataset = Scenes.random(6, random);
        WindowCorpus corpus = WindowCorpus.of(dataset, Scenes.randomGeometry(random), Labelling.withDefaults());
        WindowStatistics windows = WindowStatistics.of(corpus);
        DatasetStatistics objects = DatasetStatistics.of(dataset);

        assertThat(windows.windows()).isEqualTo(corpus.windows());
        assertThat(windows.ignored()).isNotNegative();
        assertThat(windows.positives())
                .isEqualTo(corpus.positives())
                .isEqualTo(windows.classes().stream()
                        .mapToLong(WindowStatistics.OfClass::positives)
                        .sum());
        assertThat(windows.classes())
                .extracting(WindowStatistics.OfClass::objects)
                .containsExactlyElementsOf(
                        objects.classes().stream().map(ClassStatistics::objects).toList());
        int reached = windows.classes().stream()
                .mapToInt(WindowStatistics.OfClass::reached)
                .sum();
        assertThat(windows.gridRecall().at50() * objects.objects()).isEqualTo(reached, Offset.offset(1e-9));
        int all = objects.classes().stream()
                .mapToInt(one -> one.objects() + one.difficult() + one.ignored())
                .sum();
        assertThat(all).isEqualTo(dataset.objectCount());
    }

    @Test
    void agreesWithWhatIsKnownOfTheRealSets() {
        DatasetStatistics cells = read("voc:" + RealData.folder("bccd_voc"));
        DatasetStatistics cheetahs = read("yolo:" + RealData.folder("thermal_cheetah_yolo/data.yaml"));
        DatasetStatistics plates = read("voc:" + RealData.folder("licence_plates_voc_640"));

        assertThat(cells.images()).isEqualTo(364);
        assertThat(cells.classes())
                .extracting(ClassStatistics::label, ClassStatistics::objects)
                .containsExactlyInAnyOrder(tuple("RBC", 4153), tuple("WBC", 372), tuple("Platelets", 361));
        assertThat(cheetahs.images()).isEqualTo(129);
        assertThat(cheetahs.backgrounds()).isEqualTo(3);
        assertThat(cheetahs.objects()).isEqualTo(186 + 45);
        assertThat(plates.objects()).isEqualTo(652);
        assertThat(plates.aspects().quantile(0.5)).isBetween(3.0, 4.0);
        assertThat(plates.widths().quantile(0.5)).isBetween(40.0, 60.0);
    }

    private static DatasetStatistics read(String spec) {
        return DatasetStatistics.of(DatasetSpec.parse(spec).read().validPart());
    }

    private static GroundTruth cat(double x, double y, double width, double height) {
        return object("cat", x, y, width, height);
    }

    private static GroundTruth dog(double x, double y, double width, double height) {
        return object("dog", x, y, width, height);
    }

    private static GroundTruth object(String label, double x, double y, double width, double height) {
        return GroundTruth.of(label, Box.ofSize(x, y, width, height));
    }

    private static GroundTruth marked(boolean difficult, boolean crowd) {
        return new GroundTruth("cat", Box.ofSize(50, 50, 20, 20), 400, difficult, crowd);
    }
}
