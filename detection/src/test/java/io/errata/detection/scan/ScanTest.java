package io.errata.detection.scan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import io.errata.datasets.Dataset;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.Corpora;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan against the scores of every window, one patch at a time. */
class ScanTest {

    private static final int CLASSES = 3;
    private static final Dataset DATASET = Corpora.dataset(
            7,
            new int[] {40, 30},
            new int[] {31, 44},
            new int[] {40, 30},
            new int[] {1, 1},
            new int[] {64, 48},
            new int[] {31, 44},
            new int[] {40, 30},
            new int[] {30, 40},
            new int[] {40, 30});
    private static final WindowCorpus CORPUS = Corpora.corpus(DATASET);
    private static final ConvolutionNetwork NETWORK = new ConvolutionNetwork(CLASSES, true, 11);
    private static final PyramidStore STORE = new PyramidStore(DATASET.images(), Corpora.GEOMETRY, 2);
    private static final WindowSet WATCHED = CORPUS.drawNegatives(40, WindowSet.empty(), new SplittableRandom(1));
    private static final WindowSet TRAINED = WATCHED.union(CORPUS.drawNegatives(100, WATCHED, new SplittableRandom(2)));

    /** The best class's score of every window. */
    private static final Map<Long, float[]> SCORES = new HashMap<>();

    @BeforeAll
    static void scoreEveryPatch() {
        PatchScorer patches = new PatchScorer(NETWORK, 64);
        for (int image = 0; image < DATASET.images().size(); image++) {
            for (int level = 0; level < Corpora.GEOMETRY.levels(); level++) {
                float[] scores;
                try (Pyramid pyramid = STORE.open(image)) {
                    scores = patches.score(pyramid.level(level));
                }
                int columns = CORPUS.grid(image, level).columns();
                for (int w = 0; w < scores.length / CLASSES; w++) {
                    SCORES.put(
                            WindowKey.of(image, level, w / columns, w % columns),
                            Arrays.copyOfRange(scores, w * CLASSES, (w + 1) * CLASSES));
                }
            }
        }
    }

    @AfterAll
    static void close() {
        STORE.close();
        NETWORK.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1000, 2500, 5000, 1 << 19})
    void bringsBackEveryHardHeldOutNegativeAndNothingElse(long batchPixels) {
        double threshold = clearThreshold(0.8);
        Map<Long, Float> expected = new TreeMap<>();
        heldOut().filter(key -> best(key) > threshold).forEach(key -> expected.put(key, best(key)));
        Map<Long, Float> found = new TreeMap<>();
        Map<Long, Float> tracked = new TreeMap<>();
        List<Integer> images = new ArrayList<>();

        Scan.Report report = new Scan(new DenseScorer(NETWORK), STORE, CLASSES, batchPixels)
                .run(Candidates.heldOut(CORPUS, TRAINED, WATCHED), threshold, 100_000, image -> {
                    images.add(image.index());
                    put(image.windows(), found);
                    put(image.tracked(), tracked);
                });

        assertThat(report.windows()).isEqualTo(CORPUS.negatives() - TRAINED.size());
        assertThat(report.windows()).isEqualTo(heldOut().count());
        assertThat(report.found()).isEqualTo(expected.size()).isGreaterThan(100);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        found.forEach((key, score) -> assertThat(score).isCloseTo(expected.get(key), within(1e-4f)));
        assertThat(tracked.keySet()).containsExactly(boxed(WATCHED));
        tracked.forEach((key, score) -> assertThat(score).isCloseTo(best(key), within(1e-4f)));
        assertThat(images).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void withoutAMaskEveryWindowCounts() {
        Scan.Report report = new Scan(new DenseScorer(NETWORK), STORE, CLASSES, 5000)
                .run(
                        Candidates.all(),
                        0.5,
                        10,
                        image -> assertThat(image.trackedKeys()).isEmpty());

        assertThat(report.windows()).isEqualTo(CORPUS.windows()).isEqualTo(SCORES.size());
    }

    @Test
    void anImagesResultDoesNotDependOnItsNeighbours() {
        Map<Integer, Map<Long, Float>> alone = topTwenty(1);
        Map<Integer, Map<Long, Float>> together = topTwenty(1 << 19);

        assertThat(together.keySet()).isEqualTo(alone.keySet());
        together.forEach((image, windows) -> assertThat(windows.keySet())
                .isEqualTo(requireNonNull(alone.get(image)).keySet()));
    }

    @Test
    void theLimitIsThatOfAnImageNotOfALevel() {
        Map<Integer, Map<Long, Float>> all = top(1 << 19, Integer.MAX_VALUE);

        top(1 << 19, 20).forEach((image, windows) -> {
            List<Float> scores = requireNonNull(all.get(image)).values().stream()
                    .sorted(Comparator.reverseOrder())
                    .limit(20)
                    .toList();
            assertThat(windows.values().stream().sorted(Comparator.reverseOrder()))
                    .containsExactlyElementsOf(scores);
        });
    }

    private static Map<Integer, Map<Long, Float>> topTwenty(long batchPixels) {
        return top(batchPixels, 20);
    }

    private static Map<Integer, Map<Long, Float>> top(long batchPixels, int maxPerImage) {
        Map<Integer, Map<Long, Float>> all = new TreeMap<>();
        new Scan(new DenseScorer(NETWORK), STORE, CLASSES, batchPixels)
                .run(Candidates.all(), 0.1, maxPerImage, image -> {
                    Map<Long, Float> windows = new TreeMap<>();
                    put(image.windows(), windows);
                    all.put(image.index(), windows);
                });
        return all;
    }

    @Test
    void asManyAsThereAreCanBeAskedFor() {
        Scan.Report report = new Scan(new DenseScorer(NETWORK), STORE, CLASSES, 1 << 19)
                .run(Candidates.all(), 0.5, Integer.MAX_VALUE, image -> {});

        assertThat(report.found())
                .isEqualTo(
                        SCORES.keySet().stream().filter(key -> best(key) > 0.5).count());
    }

    /** Images 0 and 2, of equal size, are scored together: of one the mask lets all windows through, of the other one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aMissingMaskMeansAllWindowsOfThatImageAlone(int unmasked) {
        Dataset two = new Dataset(
                Corpora.CLASSES,
                List.of(DATASET.images().get(0), DATASET.images().get(2)));
        Candidates mixed = new Candidates() {
            @Override
            public byte @Nullable [] mask(int image, LevelGrid grid) {
                byte[] one = new byte[grid.windows()];
                one[3] = 1;
                return 2 * image == unmasked ? null : one;
            }

            @Override
            public long[] tracked(int image, LevelGrid grid) {
                return new long[0];
            }
        };
        try (PyramidStore store = new PyramidStore(two.images(), Corpora.GEOMETRY, 1)) {
            Scan.Report report = new Scan(new DenseScorer(NETWORK), store, CLASSES, 1 << 19)
                    .run(
                            mixed,
                            0,
                            100_000,
                            image -> assertThat(image.windows().size())
                                    .isEqualTo(2 * image.index() == unmasked ? Corpora.GEOMETRY.windows(40, 30) : 3));

            assertThat(report.windows()).isEqualTo(Corpora.GEOMETRY.windows(40, 30) + 3);
        }
    }

    /**
     * With their border the levels of 40 × 30 pixels have 48 · 38 = 1,824, 33 · 30 = 990 and 24 · 16 = 384 pixels, 3,198 in all: of
     * 5 · 10³ pixels a level, 15 · 10³ in all, four such images can wait together, of which two go together in the first level.
     */
    @Test
    void scoresAsManyLevelsTogetherAsFitIntoABatch() {
        int[][] sizes = {{40, 30}, {40, 30}, {30, 40}, {40, 30}, {40, 30}, {40, 30}};
        List<List<Integer>> batches = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        WindowScorer counting = new WindowScorer() {
            @Override
            public float[] score(Level level) {
                return new float[level.grid().windows()];
            }

            @Override
            public ScanHits hits(List<Level> levels, Selection selection) {
                LevelGrid grid = levels.get(0).grid();
                assertThat(levels).allMatch(level -> level.grid().equals(grid));
                if (grid.imageWidth() == 40) {
                    batches.get(grid.level()).add(levels.size());
                }
                return WindowScorer.super.hits(levels, selection);
            }
        };
        Dataset images = Corpora.dataset(1, sizes);
        try (PyramidStore store = new PyramidStore(images.images(), Corpora.GEOMETRY, 1)) {
            new Scan(counting, store, 1, 5000).run(Candidates.all(), 0.5, 10, image -> {});
        }

        assertThat(batches).containsExactly(List.of(2, 2, 1), List.of(4, 1), List.of(4, 1));
    }

    @Test
    void aLambdaScansToo() {
        WindowScorer rows = level -> {
            float[] scores = new float[level.grid().windows()];
            for (int w = 0; w < scores.length; w++) {
                scores[w] = w / level.grid().columns() == 1 ? 0.75f : 0.25f;
            }
            return scores;
        };
        List<Long> found = new ArrayList<>();

        Scan.Report report = new Scan(rows, STORE, 1, 5000).run(Candidates.all(), 0.5, 1000, image -> {
            for (long key : image.keys()) {
                found.add(key);
            }
        });

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(SCORES.keySet().stream()
                        .filter(key -> WindowKey.row(key) == 1)
                        .toList());
        assertThat(report.found()).isEqualTo(found.size());
    }

    @Test
    void noImageIsNoWindow() {
        try (PyramidStore none = new PyramidStore(List.of(), Corpora.GEOMETRY, 1)) {
            Scan.Report report = new Scan(new DenseScorer(NETWORK), none, CLASSES, 5000)
                    .run(Candidates.all(), 0.5, 10, image -> {
                        throw new AssertionError("there is no image");
                    });

            assertThat(report.windows()).isZero();
            assertThat(report.found()).isZero();
        }
        assertThat(new Scan.Report(0, 0, 0).windowsPerSecond()).isZero();
    }

    @Test
    void oneImageIsScannedAlone() {
        Dataset one = new Dataset(Corpora.CLASSES, DATASET.images().subList(4, 5));
        WindowCorpus corpus = Corpora.corpus(one);
        try (PyramidStore store = new PyramidStore(one.images(), Corpora.GEOMETRY, 1)) {
            Scan.Report report = new Scan(new DenseScorer(NETWORK), store, CLASSES, 1 << 19)
                    .run(Candidates.heldOut(corpus, WindowSet.empty(), WindowSet.empty()), 0.5, 10, image -> {});

            assertThat(report.windows()).isEqualTo(corpus.negatives());
        }
    }

    @Test
    void leavesNothingBehind() {
        int[][] sizes = new int[200][];
        Arrays.setAll(sizes, i -> new int[] {24 + i % 3, 20});
        Dataset many = Corpora.dataset(3, sizes);
        WindowCorpus corpus = Corpora.corpus(many);
        WindowSet tracked = corpus.drawNegatives(500, WindowSet.empty(), new SplittableRandom(1));
        try (ConvolutionNetwork network = new ConvolutionNetwork(CLASSES, true, 11);
                PyramidStore store = new PyramidStore(many.images(), Corpora.GEOMETRY, 2)) {
            BaseNDManager manager = (BaseNDManager) network.manager();
            List<NDArray> before = List.copyOf(manager.getManagedArrays());
            manager.cap();
            Scan scan = new Scan(new DenseScorer(network), store, CLASSES, 5000);
            Candidates candidates = Candidates.heldOut(corpus, tracked, tracked);
            scan.run(candidates, 0.4, 5, image -> {});
            long direct = directBytes();

            scan.run(candidates, 0.4, 5, image -> {});

            assertThat(manager.getManagedArrays()).containsExactlyInAnyOrderElementsOf(before);
            assertThat(directBytes() - direct).isLessThan(1 << 20);
        }
    }

    private static long directBytes() {
        System.gc();
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** By the rule for one window, not by that for a level. */
    private static LongStream heldOut() {
        return Corpora.keys(CORPUS).filter(CORPUS::isNegative).filter(key -> !TRAINED.contains(key));
    }

    private static float best(long key) {
        float[] scores = requireNonNull(SCORES.get(key));
        return Math.max(scores[0], Math.max(scores[1], scores[2]));
    }

    /** A threshold near this quantile of all scores that no score comes near, so that rounding decides nothing. */
    private static double clearThreshold(double quantile) {
        double[] scores =
                SCORES.keySet().stream().mapToDouble(ScanTest::best).sorted().toArray();
        int at = (int) (quantile * scores.length);
        while (scores[at + 1] - scores[at] < 1e-4) {
            at++;
        }
        return (scores[at] + scores[at + 1]) / 2;
    }

    private static void put(ScoredWindows windows, Map<Long, Float> scores) {
        for (int i = 0; i < windows.size(); i++) {
            assertThat(scores.put(windows.key(i), windows.score(i))).isNull();
            float[] all = requireNonNull(SCORES.get(windows.key(i)));
            assertThat(all[windows.classIndex(i)]).isCloseTo(best(windows.key(i)), within(1e-4f));
            assertThat(windows.box(i).x1()).isCloseTo(CORPUS.box(windows.key(i)).x1(), within(1e-4));
            assertThat(windows.box(i).y2()).isCloseTo(CORPUS.box(windows.key(i)).y2(), within(1e-4));
        }
    }

    private static Long[] boxed(WindowSet windows) {
        return Arrays.stream(windows.toArray()).boxed().toArray(Long[]::new);
    }
}
