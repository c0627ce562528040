package io.errata.datasets.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Scenes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WindowLabelsTest {

    /** Windows of 20 × 20 every 5 on 60 × 60; the one of row 4 and column 4 frames {@code [10, 30) × [10, 30)}. */
    private static final LevelGrid GRID =
            new WindowGeometry(20, 5, 1, List.of(new WindowShape(20, 20))).grid(0, 60, 60);

    private static final Box MIDDLE = new Box(10, 10, 30, 30);

    @Test
    void labelsTheNeighboursOfAnObjectByTheirIou() {
        WindowLabels labels = labels(GroundTruth.of("a", MIDDLE));

        // moved by 5: 300 / 500 = .6; by 5 and 5: 225 / 575 = .39; by 10: 200 / 600 = .33; by 10 and 5: 150 / 650 = .23
        assertThat(at(labels, 4, 4)).isEqualTo(WindowLabels.POSITIVE);
        assertThat(at(labels, 4, 5)).isEqualTo(WindowLabels.POSITIVE);
        assertThat(at(labels, 3, 4)).isEqualTo(WindowLabels.POSITIVE);
        assertThat(at(labels, 3, 3)).isEqualTo(WindowLabels.IGNORED);
        assertThat(at(labels, 4, 6)).isEqualTo(WindowLabels.IGNORED);
        assertThat(at(labels, 5, 6)).isEqualTo(WindowLabels.NEGATIVE);
        assertThat(at(labels, 12, 12)).isEqualTo(WindowLabels.NEGATIVE);
        assertThat(labels.bestIou()).containsExactly(1);
        // of 13 × 13: 5 positives, 4 diagonal and 4 straight neighbours ignored
        assertThat(labels.negatives()).isEqualTo(169 - 13);
    }

    @Test
    void comparesWithTheClippedWindow() {
        WindowLabels labels = labels(GroundTruth.of("a", new Box(0, 0, 10, 10)));

        assertThat(at(labels, 0, 0)).isEqualTo(WindowLabels.POSITIVE);
        assertThat(labels.bestIou()).containsExactly(1);
    }

    @Test
    void includesBothLimits() {
        double iou = GRID.box(4, 5).iou(MIDDLE);

        assertThat(at(labels(new Labelling(iou, 0.3, 0.5), GroundTruth.of("a", MIDDLE)), 4, 5))
                .isEqualTo(WindowLabels.POSITIVE);
        assertThat(at(labels(new Labelling(Math.nextUp(iou), iou, 0.5), GroundTruth.of("a", MIDDLE)), 4, 5))
                .isEqualTo(WindowLabels.IGNORED);
        Labelling above = new Labelling(0.9, Math.nextUp(iou), 0.5);
        assertThat(at(labels(above, GroundTruth.of("a", MIDDLE)), 4, 5)).isEqualTo(WindowLabels.NEGATIVE);
    }

    @Test
    void ignoresWindowsByTheirShareWithinACrowd() {
        // columns from 30 on; a small window in a large crowd has an IoU of 400 / 1800 = .22
        WindowLabels labels = labels(new GroundTruth("a", new Box(30, 0, 60, 60), 1800, false, true));

        assertThat(at(labels, 4, 8)).isEqualTo(WindowLabels.IGNORED);
        assertThat(at(labels, 4, 6)).as("half of it within").isEqualTo(WindowLabels.IGNORED);
        assertThat(at(labels, 4, 5)).as("a quarter of it within").isEqualTo(WindowLabels.NEGATIVE);
        assertThat(labels.bestIou()[0]).isCloseTo(400 / 1800.0, within(1e-12));
    }

    @Test
    void ignoresWindowsThatFrameADifficultObject() {
        WindowLabels labels = labels(new GroundTruth("a", MIDDLE, 400, true, false));

        assertThat(at(labels, 4, 4)).isEqualTo(WindowLabels.IGNORED);
        assertThat(at(labels, 4, 6)).as("IoU .33").isEqualTo(WindowLabels.IGNORED);
        // a difficult object much smaller than the window covers little of it and has a small IoU
        WindowLabels small = labels(new GroundTruth("a", new Box(18, 18, 22, 22), 16, true, false));
        assertThat(small.negatives()).isEqualTo(169);
    }

    @Test
    void positivesWinOverIgnoredRegionsInEitherOrder() {
        GroundTruth object = GroundTruth.of("a", MIDDLE);
        GroundTruth crowd = new GroundTruth("a", new Box(0, 0, 60, 60), 3600, false, true);
        for (WindowLabels labels : List.of(labels(object, crowd), labels(crowd, object))) {
            assertThat(at(labels, 4, 4)).isEqualTo(WindowLabels.POSITIVE);
            assertThat(at(labels, 4, 6)).isEqualTo(WindowLabels.IGNORED);
            assertThat(labels.negatives()).isZero();
        }
        assertThat(labels(crowd, object).objectOf(4 * GRID.columns() + 4)).isEqualTo(1);
    }

    @Test
    void matchesNothingToAnEmptyBox() {
        WindowLabels labels = labels(
                GroundTruth.of("a", new Box(10, 10, 10, 30)),
                new GroundTruth("a", new Box(20, 20, 20, 20), 0, false, true),
                GroundTruth.of("a", new Box(30, 30, 10, 10)),
                GroundTruth.of("a", new Box(Double.NaN, 10, 30, 30)));

        assertThat(labels.negatives()).isEqualTo(169);
        assertThat(labels.bestIou()).containsOnly(0);
    }

    @Test
    void givesTheFirstOfTwoEqualObjects() {
        for (double side : new double[] {10, 12.3, 20, 23.7}) {
            GroundTruth object = GroundTruth.of("a", Box.ofSize(10, 10, side, 20));
            WindowLabels labels = labels(object, object);
            for (int w = 0; w < GRID.windows(); w++) {
                assertThat(labels.objectOf(w)).isZero();
            }
        }
    }

    @Test
    void copesWithFortyThousandObjects() {
        List<GroundTruth> objects = Collections.nCopies(40_000, GroundTruth.of("a", new Box(0, 0, 1, 1)));
        List<GroundTruth> all = new ArrayList<>(objects);
        all.add(GroundTruth.of("a", MIDDLE));

        WindowLabels labels = WindowLabels.of(GRID, all, Labelling.withDefaults());

        assertThat(labels.objectOf(4 * GRID.columns() + 4)).isEqualTo(40_000);
    }

    @Test
    void equalsANaiveComparisonOfEveryWindowWithEveryObject() {
        SplittableRandom random = new SplittableRandom(20);
        for (int scene = 0; scene < 300; scene++) {
            AnnotatedImage image = Scenes.random(1, random).images().get(0);
            WindowGeometry geometry = Scenes.randomGeometry(random);
            double positive = random.nextDouble(0.2, 0.9);
            Labelling rule = new Labelling(positive, random.nextDouble(0.1, positive), random.nextDouble(0.1, 1));
            for (int level = 0; level < geometry.levels(); level++) {
                LevelGrid grid = geometry.grid(level, image.width(), image.height());
                WindowLabels labels = WindowLabels.of(grid, image.objects(), rule);
                int negatives = 0;
                for (int w = 0; w < grid.windows(); w++) {
                    Box window = grid.box(w / grid.columns(), w % grid.columns());
                    byte expected = naive(window, image.objects(), rule);
                    assertThat(labels.labels()[w]).as("scene %d", scene).isEqualTo(expected);
                    negatives += expected == WindowLabels.NEGATIVE ? 1 : 0;
                    if (expected == WindowLabels.POSITIVE) {
                        assertThat(labels.objectOf(w)).isEqualTo(naiveBest(window, image.objects()));
                    }
                }
                assertThat(labels.negatives()).isEqualTo(negatives);
            }
        }
    }

    @Test
    void refusesLimitsOutOfOrder() {
        assertThatThrownBy(() -> new Labelling(0.3, 0.5, 0.5))
                .hasMessage("negativeIou must be ≤ positive_iou (0.3), found 0.5");
        assertThatThrownBy(() -> new Labelling(0, 0, 0.5)).hasMessageContaining("positiveIou must be in (0, 1]");
        assertThatThrownBy(() -> new Labelling(0.5, 0.3, 0)).hasMessageContaining("ignoreOverlap must be in (0, 1]");
        assertThatThrownBy(() -> new Labelling(0.5, Double.NaN, 0.5)).hasMessageContaining("found NaN");
    }

    /** The definition: positive, else ignored, else negative. */
    private static byte naive(Box window, List<GroundTruth> objects, Labelling rule) {
        boolean positive = false;
        boolean ignored = false;
        for (GroundTruth object : objects) {
            double iou = iou(window, object.box());
            double share = shared(window, object.box()) / window.area();
            positive |= !object.ignored() && iou >= rule.positiveIou();
            ignored |= iou >= rule.negativeIou();
            ignored |= object.ignored() && share >= rule.ignoreOverlap();
        }
        return positive ? WindowLabels.POSITIVE : ignored ? WindowLabels.IGNORED : WindowLabels.NEGATIVE;
    }

    private static int naiveBest(Box window, List<GroundTruth> objects) {
        int best = -1;
        double most = 0;
        for (int i = 0; i < objects.size(); i++) {
            double iou = iou(window, objects.get(i).box());
            if (!objects.get(i).ignored() && iou > most) {
                best = i;
                most = iou;
            }
        }
        return best;
    }

    private static double iou(Box a, Box b) {
        double shared = shared(a, b);
        return shared == 0 ? 0 : shared / (a.area() + b.area() - shared);
    }

    private static double shared(Box a, Box b) {
        double width = Math.max(0, Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1()));
        double height = Math.max(0, Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1()));
        return width * height;
    }

    private static byte at(WindowLabels labels, int row, int column) {
        return labels.labels()[row * GRID.columns() + column];
    }

    private static WindowLabels labels(GroundTruth... objects) {
        return labels(Labelling.withDefaults(), objects);
    }

    private static WindowLabels labels(Labelling rule, GroundTruth... objects) {
        return WindowLabels.of(GRID, List.of(objects), rule);
    }
}
