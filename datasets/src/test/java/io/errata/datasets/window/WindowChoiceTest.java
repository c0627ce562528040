package io.errata.datasets.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Note;
import io.errata.datasets.Scenes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowChoiceTest {

    private static final int SIDE = 1000;

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<GroundTruth> objects = new ArrayList<>();

    @Test
    void doesNotEnlargeImagesForTwoSpecks() {
        add("mite", 100, 35, 70, 1, 1);
        add("mite", 2, 2, 2.5, 1, 1);
        WindowChoice choice = WindowChoice.of(dataset(), WindowSettings.withDefaults(), 0);

        WindowCandidate all = choice.ladders().get(0);
        assertThat(all.smallest()).isLessThan(3);
        assertThat(choice.chosen().smallest()).isGreaterThan(20);
        assertThat(choice.chosen().windows()).isLessThan(all.windows() / 100);
        assertThat(choice.chosen().reached()).isEqualTo(100);
        assertThat(choice.geometry()).isEqualTo(choice.chosen().geometry());
        assertThat(choice.notes()).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo("objects-too-small");
            assertThat(note.text())
                    .contains("2 of 102: ", "i1 object 50 (mite, 2")
                    .contains("; windows.smallest=2.1 ");
        });
    }

    @Test
    void leavesOutSpecksOfASetWithSizesOfAllScales() {
        add("bee", 980, 24, 600, 0.8, 1.25);
        add("bee", 20, 2, 12, 0.8, 1.25);
        WindowChoice choice = WindowChoice.of(dataset(), WindowSettings.withDefaults(), 0);

        assertThat(choice.chosen().smallest()).isBetween(10.0, 40.0);
        assertThat(choice.chosen().recall()).isGreaterThan(0.95);
        assertThat(choice.chosen().windows()).isLessThan(choice.ladders().get(0).windows() / 4);
        assertThat(choice.notes()).extracting(Note::text).allMatch(text -> text.contains(" more; windows.smallest="));
    }

    @Test
    void keepsTheLadderOfSizesThatThinOutAsUsual() {
        for (int i = 0; i < 400; i++) {
            double size = 50 * Math.exp(0.5 * gaussian());
            objects.add(box("a", size, size));
        }
        WindowChoice choice = WindowChoice.of(dataset(), WindowSettings.withDefaults(), 0);

        assertThat(choice.chosen()).isEqualTo(choice.ladders().get(0));
        assertThat(choice.others()).isEmpty();
    }

    @Test
    void doesNotGiveUpARareClassForItsRarity() {
        add("player", 2000, 100, 200, 1, 1);
        add("ball", 14, 15, 18, 1, 1);
        WindowChoice choice = WindowChoice.of(dataset(), WindowSettings.withDefaults(), 0);

        assertThat(choice.chosen().smallest()).isBetween(14.0, 18.0);
        assertThat(choice.chosen().recall()).isGreaterThan(0.95);
        assertThat(choice.others()).extracting(WindowCandidate::smallest).anyMatch(smallest -> smallest > 90);
    }

    @Test
    void makesNoSizeForAHandfulOfObjects() {
        add("player", 2000, 100, 200, 1, 1);
        add("dust", 3, 2, 3, 1, 1);
        WindowChoice choice = WindowChoice.of(dataset(), WindowSettings.withDefaults(), 0);

        assertThat(choice.chosen().smallest()).isGreaterThan(90);
        assertThat(choice.notes())
                .extracting(Note::text)
                .singleElement()
                .asString()
                .contains("3 of 2,003: ", "(dust, ");
    }

    @Test
    void tellsWhatARareClassOfSmallObjectsCosts() {
        add("player", 300, 100, 200, 1, 1);
        add("ball", 6, 15, 18, 1, 1);
        WindowChoice choice = WindowChoice.of(dataset(), WindowSettings.withDefaults(), 0);

        assertThat(choice.chosen().reached()).isEqualTo(306);
        assertThat(choice.notes()).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo("costly-sizes");
            assertThat(note.text()).contains("for the sake of 6 of 306 objects").contains("; windows.smallest=");
        });
    }

    @Test
    void obeysSettings() {
        add("mite", 100, 35, 70, 1, 1);
        add("mite", 2, 2, 2.5, 1, 1);
        WindowChoice choice = WindowChoice.of(dataset(), settings(1, 2.0), 0);

        assertThat(choice.ladders()).containsExactly(choice.chosen());
        assertThat(choice.chosen().smallest()).isEqualTo(2);
        assertThat(choice.chosen().reached()).isEqualTo(102);
        assertThat(choice.notes()).isEmpty();
    }

    @Test
    void theSmallestOfACandidateMakesThatCandidate() {
        add("bee", 300, 10, 300, 1, 1);
        WindowSettings settings = settings(1, null);
        WindowChoice choice = WindowChoice.of(dataset(), settings, 0);

        for (WindowCandidate one : choice.ladders()) {
            WindowCandidate given =
                    WindowChoice.of(dataset(), settings(1, one.smallest()), 0).chosen();
            assertThat(given.geometry().levels()).isEqualTo(one.geometry().levels());
            assertThat(given.geometry().shapes().get(0).size())
                    .isCloseTo(one.geometry().shapes().get(0).size(), within(1e-9));
        }
    }

    @Test
    void choosesShapesForObjectsOfVeryDifferentAspects() {
        add("turbine", 300, 40, 120, 0.33, 5);
        WindowChoice choice = WindowChoice.of(dataset(), WindowSettings.withDefaults(), 0);

        assertThat(choice.chosen().shapes()).isGreaterThan(1);
        assertThat(choice.others()).isNotEmpty();
        WindowCandidate one = choice.others().get(0);
        assertThat(one.shapes()).isEqualTo(1);
        assertThat(choice.chosen().recall()).isGreaterThan(one.recall() + 0.05);
        assertThat(WindowChoice.of(dataset(), settings(1, null), 0).chosen()).isEqualTo(one);
        assertThat(WindowChoice.of(dataset(), settings(3, null), 0).chosen().shapes())
                .isEqualTo(3);
    }

    @Test
    void staysWithOneShapeWhereOthersBringLittle() {
        add("player", 300, 40, 120, 0.5, 2.6);
        WindowChoice choice = WindowChoice.of(dataset(), WindowSettings.withDefaults(), 0);

        assertThat(choice.chosen().shapes()).isEqualTo(1);
        assertThat(choice.chosen().recall()).isLessThan(0.97);
        assertThat(choice.others()).extracting(WindowCandidate::shapes).contains(2, 3, 4);
    }

    @Test
    void saysWhereNoImageCouldBeEnlargedSoFar() {
        add("mite", 100, 35, 70, 1, 1);
        add("mite", 2, 0.02, 0.03, 1, 1);
        WindowChoice choice = WindowChoice.of(dataset(), WindowSettings.withDefaults(), 0);

        assertThat(choice.ladders().get(0).windows()).isInfinite();
        assertThat(choice.chosen().windows()).isFinite();
        assertThat(choice.notes())
                .extracting(Note::text)
                .singleElement()
                .asString()
                .endsWith("the images cannot be enlarged so far that windows reach them");
    }

    private static WindowSettings settings(@Nullable Integer shapes, @Nullable Double smallest) {
        return new WindowSettings(32, 4, 1.5, 2, shapes, smallest, null);
    }

    /** Objects with sizes and aspect ratios evenly spread in the logarithm. */
    private void add(String label, int count, double smallest, double largest, double narrowest, double widest) {
        for (int i = 0; i < count; i++) {
            double size = spread(smallest, largest);
            double root = Math.sqrt(spread(narrowest, widest));
            objects.add(box(label, size * root, size / root));
        }
    }

    private double spread(double from, double to) {
        return from * Math.pow(to / from, random.nextDouble());
    }

    private double gaussian() {
        return random.doubles(12).sum() - 6;
    }

    private GroundTruth box(String label, double width, double height) {
        return GroundTruth.of(
                label,
                Box.ofSize(random.nextDouble(0, SIDE - width), random.nextDouble(0, SIDE - height), width, height));
    }

    /** The objects, 51 on an image. */
    private Dataset dataset() {
        List<AnnotatedImage> images = new ArrayList<>();
        for (int at = 0; at < objects.size(); at += 51) {
            List<GroundTruth> ofImage = objects.subList(at, Math.min(objects.size(), at + 51));
            images.add(Scenes.image("i" + images.size(), SIDE, SIDE, ofImage.toArray(GroundTruth[]::new)));
        }
        return new Dataset(objects.stream().map(GroundTruth::label).distinct().toList(), images);
    }
}
