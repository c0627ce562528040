package io.errata.datasets.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Scenes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowCorpusTest {

    private static final WindowGeometry GEOMETRY = new WindowGeometry(20, 5, 1, List.of(new WindowShape(20, 20)));

    @Test
    void oneWindowIsNegativeExactlyWhereTheLevelsLabelsSaySo() {
        SplittableRandom random = new SplittableRandom(40);
        for (int scene = 0; scene < 250; scene++) {
            WindowCorpus corpus =
                    WindowCorpus.of(Scenes.random(2, random), Scenes.randomGeometry(random), Labelling.withDefaults());
            assertConsistent(corpus);
            // limits that part equal IoUs from those one unit in the last place away
            Labelling hairsbreadth = hairsbreadth(corpus, random);
            assertConsistent(WindowCorpus.of(corpus.dataset(), corpus.geometry(), hairsbreadth));
        }
    }

    private static Labelling hairsbreadth(WindowCorpus corpus, SplittableRandom random) {
        double[] ious = new double[200];
        double[] shares = new double[200];
        Arrays.setAll(ious, i -> {
            AnnotatedImage image = corpus.dataset().images().get(random.nextInt(2));
            LevelGrid grid = corpus.geometry().grid(0, image.width(), image.height());
            Box window = grid.box(random.nextInt(grid.rows()), random.nextInt(grid.columns()));
            int objects = image.objects().size();
            Box box = objects == 0
                    ? window
                    : image.objects().get(random.nextInt(objects)).box();
            shares[i] = window.intersection(box) / window.area();
            return window.iou(box);
        });
        double negative =
                Arrays.stream(ious).filter(iou -> iou > 0.05 && iou < 0.9).max().orElse(0.3);
        double overlap = Arrays.stream(shares)
                .filter(share -> share > 0.05 && share < 1)
                .max()
                .orElse(0.5);
        double nudged = random.nextBoolean() ? Math.nextUp(negative) : negative;
        return new Labelling(Math.max(nudged, 0.5), nudged, random.nextBoolean() ? Math.nextUp(overlap) : overlap);
    }

    private static void assertConsistent(WindowCorpus corpus) {
        long negatives = 0;
        long windows = 0;
        int positives = 0;
        for (int image = 0; image < corpus.dataset().images().size(); image++) {
            for (int level = 0; level < corpus.geometry().levels(); level++) {
                WindowLabels labels = corpus.labels(image, corpus.grid(image, level));
                LevelGrid grid = corpus.grid(image, level);
                windows += grid.windows();
                for (int w = 0; w < grid.windows(); w++) {
                    long key = WindowKey.of(image, level, w / grid.columns(), w % grid.columns());
                    byte label = labels.labels()[w];
                    if (corpus.isNegative(key) != (label == WindowLabels.NEGATIVE)) {
                        throw new AssertionError(WindowKey.toString(key) + " is labelled " + label + " of "
                                + corpus.dataset().images().get(image));
                    }
                    negatives += label == WindowLabels.NEGATIVE ? 1 : 0;
                    if (label == WindowLabels.POSITIVE) {
                        assertThat(corpus.positive(positives)).isEqualTo(key);
                        assertThat(corpus.positiveObject(positives)).isEqualTo(labels.objectOf(w));
                        positives++;
                    }
                }
            }
        }
        assertThat(corpus.negatives()).isEqualTo(negatives);
        assertThat(corpus.windows()).isEqualTo(windows);
        assertThat(corpus.positives()).isEqualTo(positives);
    }

    @Test
    void tellsTheBoxAndTheLargestIouOfAWindow() {
        WindowCorpus corpus = corpus(Scenes.image(
                "i",
                60,
                60,
                GroundTruth.of("a", new Box(10, 10, 30, 30)),
                new GroundTruth("a", new Box(15, 10, 35, 30), 400, true, false)));

        assertThat(corpus.box(WindowKey.of(0, 0, 4, 5))).isEqualTo(new Box(15, 10, 35, 30));
        assertThat(corpus.maxIou(WindowKey.of(0, 0, 4, 5))).isCloseTo(300 / 500.0, within(1e-12));
        assertThat(corpus.maxIou(WindowKey.of(0, 0, 12, 12))).isZero();
    }

    @Test
    void drawsDistinctNegativesWithoutTheExcludedOnes() {
        SplittableRandom random = new SplittableRandom(8);
        for (int scene = 0; scene < 60; scene++) {
            WindowCorpus corpus =
                    WindowCorpus.of(Scenes.random(3, random), Scenes.randomGeometry(random), Labelling.withDefaults());
            WindowSet excluded = corpus.drawNegatives(corpus.negatives() / 4, WindowSet.empty(), random);
            for (long share : new long[] {0, 1, 9, 40, 60, 75}) {
                long count = Math.max(share == 0 ? 0 : 1, corpus.negatives() * share / 100);
                WindowSet drawn = corpus.drawNegatives(count, excluded, random);
                assertThat(drawn.size()).isEqualTo((int) Math.min(count, corpus.negatives() - excluded.size()));
                assertThat(Arrays.stream(drawn.toArray())).allMatch(corpus::isNegative);
                assertThat(Arrays.stream(drawn.toArray())).noneMatch(excluded::contains);
            }
        }
    }

    @Test
    void drawsAllWhereFewerAreThereThanWanted() {
        WindowCorpus corpus = corpus(Scenes.image("i", 60, 60, GroundTruth.of("a", new Box(10, 10, 30, 30))));
        SplittableRandom random = new SplittableRandom(1);

        WindowSet all = corpus.drawNegatives(Long.MAX_VALUE, WindowSet.empty(), random);
        assertThat(all.size()).isEqualTo(156);
        assertThat(corpus.drawNegatives(157, WindowSet.empty(), random).toArray())
                .containsExactly(all.toArray());
        WindowSet half = corpus.drawNegatives(78, WindowSet.empty(), random);
        assertThat(corpus.drawNegatives(100, half, random).union(half).toArray())
                .containsExactly(all.toArray());
        assertThat(corpus.drawNegatives(5, all, random).size()).isZero();
    }

    @Test
    void drawsNothingWhereThereIsNoNegative() {
        GroundTruth crowd = new GroundTruth("a", new Box(0, 0, 60, 60), 3600, false, true);
        WindowCorpus covered = corpus(Scenes.image("i", 60, 60, crowd));
        SplittableRandom random = new SplittableRandom(1);

        assertThat(covered.negatives()).isZero();
        assertThat(covered.drawNegatives(10, WindowSet.empty(), random).size()).isZero();
        assertThat(covered.drawNegatives(10, WindowSet.of(1, 2, 3), random).size())
                .isZero();
        assertThat(WindowCorpus.of(new Dataset(List.of("a"), List.of()), GEOMETRY, Labelling.withDefaults())
                        .drawNegatives(1, WindowSet.empty(), random)
                        .size())
                .isZero();
        assertThatThrownBy(() -> covered.drawNegatives(-1, WindowSet.empty(), random))
                .hasMessage("count must be ≥ 0, found -1");
    }

    @Test
    void excludesPositivesAndForeignWindowsWithoutHarm() {
        WindowCorpus corpus = corpus(Scenes.image("i", 60, 60, GroundTruth.of("a", new Box(10, 10, 30, 30))));
        WindowSet positives = WindowSet.of(LongStream.range(0, corpus.positives())
                .map(i -> corpus.positive((int) i))
                .toArray());
        WindowSet foreign = WindowSet.of(LongStream.range(0, 300)
                .map(i -> WindowKey.of(9, 0, 0, (int) i))
                .toArray());
        SplittableRandom random = new SplittableRandom(1);

        assertThat(positives.size()).isEqualTo(5);
        assertThat(corpus.drawNegatives(200, positives, random).size()).isEqualTo(156);
        assertThat(corpus.drawNegatives(20, foreign, random).size()).isEqualTo(20);
        assertThat(corpus.drawNegatives(20, positives, random).size()).isEqualTo(20);
    }

    @Test
    void drawsTheSameAgainBySeed() {
        WindowCorpus corpus = corpus(Scenes.image("i", 60, 60));
        for (int count : new int[] {10, 120}) {
            assertThat(corpus.drawNegatives(count, WindowSet.empty(), new SplittableRandom(5))
                            .toArray())
                    .containsExactly(corpus.drawNegatives(count, WindowSet.empty(), new SplittableRandom(5))
                            .toArray())
                    .isNotEqualTo(corpus.drawNegatives(count, WindowSet.empty(), new SplittableRandom(6))
                            .toArray());
        }
    }

    @Test
    void drawsEveryNegativeWithEqualChance() {
        // levels of very different size, images with few and many negatives, one with none at all
        WindowGeometry geometry =
                new WindowGeometry(20, 5, 1, List.of(new WindowShape(20, 20), new WindowShape(45, 45)));
        WindowCorpus corpus = WindowCorpus.of(
                Dataset.of(List.of(
                        Scenes.image("none", 30, 30, crowd(0, 0, 30, 30)),
                        Scenes.image("few", 40, 40, crowd(0, 0, 40, 30)),
                        Scenes.image("many", 60, 50, GroundTruth.of("a", new Box(10, 10, 30, 30))))),
                geometry,
                Labelling.withDefaults());
        WindowSet excluded = corpus.drawNegatives(corpus.negatives() / 5, WindowSet.empty(), new SplittableRandom(1));
        int available = (int) corpus.negatives() - excluded.size();
        assertThat(corpus.labels(0, corpus.grid(0, 0)).negatives()).isZero();

        for (int count : new int[] {1, available / 3, available * 3 / 4}) {
            int draws = 60_000 / count;
            double chi = chiSquare(corpus, excluded, count, draws);
            // mean and deviation of a chi-square variable; 4 deviations
            assertThat(chi).as("%d at once", count).isCloseTo(available, within(4 * Math.sqrt(2.0 * available)));
        }
    }

    /** The sum of squared deviations of how often each is drawn, in variances of that number. */
    private static double chiSquare(WindowCorpus corpus, WindowSet excluded, int count, int draws) {
        SplittableRandom random = new SplittableRandom(99);
        Map<Long, Integer> drawn = new HashMap<>();
        for (int i = 0; i < draws; i++) {
            for (long key : corpus.drawNegatives(count, excluded, random).toArray()) {
                drawn.merge(key, 1, Integer::sum);
            }
        }
        int available = (int) corpus.negatives() - excluded.size();
        double share = (double) count / available;
        double expected = draws * share;
        double sum = (available - drawn.size()) * expected * expected;
        for (int times : drawn.values()) {
            sum += (times - expected) * (times - expected);
        }
        return sum / (expected * (1 - share));
    }

    @Test
    void tellsTheObjectsOutOfReach() {
        WindowCorpus corpus = corpus(
                Scenes.image("background", 60, 60),
                Scenes.image(
                        "i",
                        60,
                        60,
                        GroundTruth.of("a", new Box(10, 10, 30, 30)),
                        GroundTruth.of("a", new Box(0, 0, 60, 5)),
                        GroundTruth.of("a", new Box(10, 10, 10, 30)),
                        new GroundTruth("a", new Box(0, 50, 60, 55), 300, true, false),
                        // 16 × 16 within 20 × 20: .64
                        GroundTruth.of("a", new Box(32, 32, 48, 48))));

        assertThat(corpus.gridRecall()).isEqualTo(new GridRecall(3, 2 / 3.0, 1 / 3.0));
        assertThat(corpus.unreached()).containsExactly(new WindowCorpus.Unreached(1, 1));
    }

    @Test
    void reachesEverythingWhereThereIsNothing() {
        assertThat(corpus(Scenes.image("i", 60, 60)).gridRecall()).isEqualTo(new GridRecall(0, 1, 1));
    }

    @Test
    void reachesExactlyTheObjectsThatCanBePositive() {
        SplittableRandom random = new SplittableRandom(17);
        for (int scene = 0; scene < 100; scene++) {
            WindowCorpus corpus =
                    WindowCorpus.of(Scenes.random(2, random), Scenes.randomGeometry(random), Labelling.withDefaults());
            List<WindowCorpus.Unreached> expected = new ArrayList<>();
            for (int image = 0; image < 2; image++) {
                List<GroundTruth> objects = corpus.dataset().images().get(image).objects();
                for (int i = 0; i < objects.size(); i++) {
                    GroundTruth object = objects.get(i);
                    if (!object.ignored() && !object.box().isEmpty() && bestIou(corpus, image, object) < 0.5) {
                        expected.add(new WindowCorpus.Unreached(image, i));
                    }
                }
            }
            assertThat(corpus.unreached()).isEqualTo(expected);
        }
    }

    private static double bestIou(WindowCorpus corpus, int image, GroundTruth object) {
        double best = 0;
        for (int level = 0; level < corpus.geometry().levels(); level++) {
            LevelGrid grid = corpus.grid(image, level);
            for (int w = 0; w < grid.windows(); w++) {
                best = Math.max(
                        best, grid.box(w / grid.columns(), w % grid.columns()).iou(object.box()));
            }
        }
        return best;
    }

    private static GroundTruth crowd(double x1, double y1, double x2, double y2) {
        Box box = new Box(x1, y1, x2, y2);
        return new GroundTruth("a", box, box.area(), false, true);
    }

    private static WindowCorpus corpus(AnnotatedImage... images) {
        return WindowCorpus.of(new Dataset(List.of("a"), List.of(images)), GEOMETRY, Labelling.withDefaults());
    }
}
