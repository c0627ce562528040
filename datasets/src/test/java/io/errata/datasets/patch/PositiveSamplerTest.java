package io.errata.datasets.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Scenes;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowShape;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PositiveSamplerTest {

    private static final int PATCH = 20;
    private static final int BYTES = 3 * PATCH * PATCH;
    private static final WindowGeometry GEOMETRY = new WindowGeometry(
            PATCH, 4, 1.25, List.of(new WindowShape(24, 20), new WindowShape(36, 30), new WindowShape(20, 40)));
    private static final Augmentation NONE = new Augmentation(false, false, 0);
    private static final Augmentation FLIPPED = new Augmentation(true, false, 0);
    private static final List<Box> BOXES = List.of(
            new Box(30, 30, 54, 50), new Box(0, 0, 30, 22), new Box(61.5, 40.25, 100, 80), new Box(70, 3, 92.5, 39));

    @Test
    void describesTheObjectOfAWindowSoThatItDecodesBack() {
        for (Box box : BOXES) {
            for (Augmentation augmentation : List.of(NONE, FLIPPED)) {
                WindowCorpus corpus = corpus(Scenes.image("noise", 100, 80, GroundTruth.of("a", box)));
                try (PyramidStore pyramids = pyramids(corpus)) {
                    PatchBatch batch = new PatchBatch(40, 40, PATCH, 1);
                    sampler(corpus, augmentation, 0)
                            .drawWindows(new DirectPatches(pyramids), batch, 0, 40, new SplittableRandom(4));
                    float[] offsets = PatchBatchTest.floats(batch.offsets());
                    int flips = 0;
                    for (int i = 0; i < 40; i++) {
                        Found window = find(corpus, pyramids, pixels(batch, i));
                        flips += window.flipped ? 1 : 0;
                        int at = 4 * i;
                        Box decoded = BoxOffsets.decode(
                                corpus.grid(0, WindowKey.level(window.key)),
                                WindowKey.row(window.key),
                                WindowKey.column(window.key),
                                scaled(window.flipped ? -offsets[at] : offsets[at]),
                                scaled(offsets[at + 1]),
                                scaled(offsets[at + 2]),
                                scaled(offsets[at + 3]));
                        assertClose(decoded, box, 1e-4);
                        assertThat(corpus.maxIou(window.key)).isGreaterThanOrEqualTo(0.5);
                    }
                    assertThat(flips).isBetween(augmentation.flip() ? 8 : 0, augmentation.flip() ? 32 : 0);
                }
            }
        }
    }

    private record Found(long key, boolean flipped) {}

    /** The window of these pixels, by comparing them with every positive. */
    private static Found find(WindowCorpus corpus, PyramidStore pyramids, byte[] pixels) {
        PatchSource patches = new DirectPatches(pyramids);
        for (int i = 0; i < corpus.positives(); i++) {
            long key = corpus.positive(i);
            for (boolean flip : new boolean[] {false, true}) {
                byte[] own = new Flip(flip, false).applied(patches.window(key), PATCH);
                if (Arrays.equals(own, pixels)) {
                    return new Found(key, flip);
                }
            }
        }
        throw new AssertionError("the pixels are those of no positive window");
    }

    @Test
    void framesJitteredObjectsCloselyEnoughAndShowsWhatItFrames() {
        for (Box box : BOXES) {
            for (double positiveIou : new double[] {0.5, 0.75}) {
                for (Augmentation augmentation : List.of(NONE, FLIPPED)) {
                    assertJitter(box, positiveIou, augmentation);
                }
            }
        }
    }

    private static void assertJitter(Box box, double positiveIou, Augmentation augmentation) {
        AnnotatedImage ramp =
                new AnnotatedImage("ramp", PositiveSamplerTest::ramp, 100, 80, List.of(GroundTruth.of("a", box)));
        WindowCorpus corpus = WindowCorpus.of(
                Dataset.of(List.of(ramp)), GEOMETRY, new Labelling(positiveIou, Math.min(0.3, positiveIou), 0.5));
        int draws = 200;
        PatchBatch batch = new PatchBatch(draws, draws, PATCH, 1);
        try (PyramidStore pyramids = pyramids(corpus)) {
            new PositiveSampler(corpus, augmentation, new PositiveSampling(0, 0), false)
                    .drawJittered(new DirectPatches(pyramids), batch, 0, draws, new SplittableRandom(9));
        }
        LevelGrid grid = corpus.grid(0, GEOMETRY.nearestLevel(box.width(), box.height()));
        float[] offsets = PatchBatchTest.floats(batch.offsets());
        int flips = 0;
        double least = 1;
        for (int i = 0; i < draws; i++) {
            byte[] pixels = pixels(batch, i);
            boolean flipped = red(pixels, 2) > red(pixels, PATCH - 3);
            flips += flipped ? 1 : 0;
            // the offsets and the object's box give the frame
            double width = box.width() / Math.exp(scaled(offsets[4 * i + 2]));
            double height = box.height() / Math.exp(scaled(offsets[4 * i + 3]));
            double dx = flipped ? -scaled(offsets[4 * i]) : scaled(offsets[4 * i]);
            double x = (box.x1() + box.x2()) / 2 - dx * width;
            double y = (box.y1() + box.y2()) / 2 - scaled(offsets[4 * i + 1]) * height;
            Box frame = new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2).clippedTo(100, 80);
            assertThat(frame.iou(box)).isGreaterThanOrEqualTo(positiveIou - 1e-5);
            least = Math.min(least, frame.iou(box));
            assertThat(width / height).isCloseTo(grid.frameWidth() / grid.frameHeight(), within(1e-5));
            assertThat(batch.targets().getFloat(4 * i)).isEqualTo(1);
            assertShows(pixels, flipped, x, y, width * 1.25, height * 1.25);
        }
        assertThat(flips).isBetween(augmentation.flip() ? 70 : 0, augmentation.flip() ? 130 : 0);
        assertThat(least).as("jitter that is none").isLessThan(0.97);
    }

    /** Whether red and green, which are twice the image's coordinates, are those of a patch here. */
    private static void assertShows(byte[] pixels, boolean flipped, double x, double y, double width, double height) {
        for (int i = 0; i < PATCH; i++) {
            double atX = x + (i + 0.5 - PATCH / 2.0) * width / PATCH;
            double atY = y + (i + 0.5 - PATCH / 2.0) * height / PATCH;
            // resizing bends the ramp within a pixel of the image's edge
            double expectedX = 2 * Math.min(Math.max(atX, 0.5), 99.5);
            double expectedY = 2 * Math.min(Math.max(atY, 0.5), 79.5);
            assertThat((double) red(pixels, flipped ? PATCH - 1 - i : i)).isCloseTo(expectedX, within(2.5));
            assertThat((double) (pixels[3 * PATCH * i + 1] & 0xff)).isCloseTo(expectedY, within(2.5));
        }
    }

    private static Pixels ramp() {
        byte[] rgb = new byte[3 * 100 * 80];
        for (int i = 0; i < 100 * 80; i++) {
            rgb[3 * i] = (byte) (2 * (i % 100) + 1);
            rgb[3 * i + 1] = (byte) (2 * (i / 100) + 1);
        }
        return new Pixels(100, 80, rgb);
    }

    @Test
    void drawsEveryObjectEquallyOftenHoweverManyWindowsFrameIt() {
        // the larger of the two levels has few windows, a narrow object fewer still
        WindowCorpus corpus = corpus(
                plain("dark", 50, GroundTruth.of("a", new Box(30, 30, 54, 50))),
                plain("light", 200, GroundTruth.of("a", new Box(30, 30, 54, 44))));
        long dark = IntStream.range(0, corpus.positives())
                .filter(i -> WindowKey.image(corpus.positive(i)) == 0)
                .count();
        assertThat(dark).isGreaterThan(2 * (corpus.positives() - dark));
        try (PyramidStore pyramids = pyramids(corpus)) {
            PositiveSampler sampler = sampler(corpus, NONE, 0);
            PatchBatch batch = new PatchBatch(4000, 4000, PATCH, 1);
            sampler.drawWindows(new DirectPatches(pyramids), batch, 0, 2000, new SplittableRandom(1));
            sampler.drawJittered(new DirectPatches(pyramids), batch, 2000, 4000, new SplittableRandom(1));
            // deviation 22
            assertThat(countRed(batch, 0, 2000, 50)).isBetween(910, 1090);
            assertThat(countRed(batch, 2000, 4000, 50)).isBetween(910, 1090);
        }
    }

    @Test
    void weighsClassesByAPowerOfTheirCountAndImagesByTheirRepeatFactors() {
        GroundTruth a = GroundTruth.of("a", new Box(30, 30, 54, 50));
        WindowCorpus corpus = corpus(
                plain("1", 10, a),
                plain("2", 10, a),
                plain("3", 10, a),
                plain("4", 10, a),
                plain("5", 10, GroundTruth.of("b", new Box(40, 20, 64, 40))));
        // 4 a against 1 b: b has 1/5; 1 / (4 · 4^−.5 + 1) = 1/3; 1/2
        // b is shown by 1/5 of the images: its factor is √(0.8 / 0.2) = 2, and it has 2/6
        double[][] expected = {{0, 0, 0.2}, {0.5, 0, 1 / 3.0}, {1, 0, 0.5}, {0, 0.8, 1 / 3.0}};
        try (PyramidStore pyramids = pyramids(corpus)) {
            for (double[] one : expected) {
                PatchBatch batch = new PatchBatch(6000, 6000, PATCH, 2);
                PositiveSampler sampler =
                        new PositiveSampler(corpus, NONE, new PositiveSampling(one[0], one[1]), false);
                sampler.drawWindows(new DirectPatches(pyramids), batch, 0, 3000, new SplittableRandom(7));
                sampler.drawJittered(new DirectPatches(pyramids), batch, 3000, 6000, new SplittableRandom(8));
                float[] targets = PatchBatchTest.floats(batch.targets());
                double windows = 0;
                double jittered = 0;
                for (int i = 0; i < 3000; i++) {
                    assertThat(targets[2 * i] + targets[2 * i + 1]).isEqualTo(1);
                    windows += targets[2 * i + 1];
                    jittered += targets[2 * (i + 3000) + 1];
                }
                // deviation at most .009
                assertThat(windows / 3000).isCloseTo(one[2], within(0.035));
                assertThat(jittered / 3000).isCloseTo(one[2], within(0.035));
            }
        }
    }

    @Test
    void drawsTheSameAgainBySeed() {
        WindowCorpus corpus = corpus(
                Scenes.image("i", 100, 80, GroundTruth.of("a", BOXES.get(0)), GroundTruth.of("b", BOXES.get(3))));
        try (PyramidStore pyramids = pyramids(corpus)) {
            List<byte[]> drawn = new ArrayList<>();
            for (int seed : new int[] {3, 3, 4}) {
                PatchBatch batch = new PatchBatch(16, 16, PATCH, 2);
                PositiveSampler sampler = sampler(corpus, Augmentation.withDefaults(), 0.5);
                SplittableRandom random = new SplittableRandom(seed);
                sampler.drawWindows(new DirectPatches(pyramids), batch, 0, 8, random);
                sampler.drawJittered(new DirectPatches(pyramids), batch, 8, 16, random);
                drawn.add(everything(batch));
            }
            assertThat(drawn.get(1)).containsExactly(drawn.get(0));
            assertThat(drawn.get(2)).isNotEqualTo(drawn.get(0));
        }
    }

    @Test
    void fillsOnlyThePlacesItIsAskedTo() {
        WindowCorpus corpus = corpus(plain("i", 90, GroundTruth.of("a", BOXES.get(0))));
        try (PyramidStore pyramids = pyramids(corpus)) {
            PatchBatch batch = new PatchBatch(6, 6, PATCH, 1);
            PositiveSampler sampler = sampler(corpus, NONE, 0);
            sampler.drawWindows(new DirectPatches(pyramids), batch, 1, 2, new SplittableRandom(1));
            sampler.drawJittered(new DirectPatches(pyramids), batch, 4, 5, new SplittableRandom(1));
            assertThat(PatchBatchTest.floats(batch.targets())).containsExactly(0, 1, 0, 0, 1, 0);
            assertThat(PatchBatchTest.floats(batch.gains())).containsExactly(0, 1, 0, 0, 1, 0);
        }
    }

    @Test
    void jittersWhereNoWindowOfTheGridFramesAnObject() {
        // windows of 20 × 20 every 20: the object lies between four of them, 100 / 700 with each
        WindowGeometry coarse = new WindowGeometry(20, 20, 1, List.of(new WindowShape(20, 20)));
        WindowCorpus corpus = WindowCorpus.of(
                Dataset.of(List.of(plain("i", 90, GroundTruth.of("a", new Box(40, 40, 60, 60))))),
                coarse,
                Labelling.withDefaults());
        assertThat(corpus.positives()).isZero();
        try (PyramidStore pyramids = pyramids(corpus)) {
            PatchBatch batch = new PatchBatch(3, 3, 20, 1);
            sampler(corpus, NONE, 0).drawWindows(new DirectPatches(pyramids), batch, 0, 3, new SplittableRandom(1));
            assertThat(PatchBatchTest.floats(batch.targets())).containsOnly(1);
            assertThat(countRed(batch, 0, 3, 90)).isEqualTo(3);
        }
    }

    @Test
    void neverDrawsIgnoredEmptyOrUnreachableObjects() {
        Box box = BOXES.get(0);
        WindowCorpus corpus = corpus(
                plain("difficult", 10, new GroundTruth("b", box, 480, true, false)),
                plain("crowd", 20, new GroundTruth("b", box, 480, false, true)),
                plain("empty", 30, GroundTruth.of("b", new Box(30, 30, 30, 50))),
                plain("line", 40, GroundTruth.of("b", new Box(0, 40, 100, 42))),
                plain("good", 50, GroundTruth.of("a", box)));
        try (PyramidStore pyramids = pyramids(corpus)) {
            PatchBatch batch = new PatchBatch(200, 200, PATCH, 2);
            PositiveSampler sampler = sampler(corpus, NONE, 1);
            sampler.drawWindows(new DirectPatches(pyramids), batch, 0, 100, new SplittableRandom(1));
            sampler.drawJittered(new DirectPatches(pyramids), batch, 100, 200, new SplittableRandom(1));
            assertThat(countRed(batch, 0, 200, 50)).isEqualTo(200);
        }
    }

    @Test
    void refusesADataSetWhoseObjectsNoWindowCanFrame() {
        WindowCorpus corpus = corpus(plain("line", 40, GroundTruth.of("b", new Box(0, 40, 100, 42))));
        assertThatThrownBy(() -> sampler(corpus, NONE, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least one object")
                .hasMessageContaining("windows.shapes");
    }

    @Test
    void decodesAbsurdOffsetsToABoxWithinTheImage() {
        LevelGrid grid = GEOMETRY.grid(0, 100, 80);
        float[] values = {0, Float.NaN, 1e30f, -1e30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (float d : values) {
            for (float e : values) {
                Box box = BoxOffsets.decode(grid, 3, 3, d, e, e, d);
                assertThat(box).isEqualTo(box.clippedTo(100, 80));
                assertThat(box.area()).isNotNaN();
            }
        }
        assertThat(BoxOffsets.decode(grid, 3, 3, Float.NaN, Float.NaN, Float.NaN, Float.NaN))
                .isEqualTo(BoxOffsets.decode(grid, 3, 3, 0, 0, 0, 0));
        assertClose(BoxOffsets.decode(grid, 5, 7, 0, 0, 0, 0), grid.box(5, 7), 1e-9);
        // at most e times as wide
        Box widest = BoxOffsets.decode(grid, 5, 7, 0, 0, 5, 0);
        assertThat(widest).isEqualTo(BoxOffsets.decode(grid, 5, 7, 0, 0, 1, 0));
    }

    @Test
    void labelsByHowWellAWindowFramesItsObjectWhereAskedTo() {
        Box box = new Box(30, 30, 54, 50);
        WindowCorpus corpus = corpus(plain("1", 10, GroundTruth.of("a", box)));
        PatchBatch batch = new PatchBatch(200, 200, PATCH, 1);
        try (PyramidStore pyramids = pyramids(corpus)) {
            PositiveSampler sampler = new PositiveSampler(corpus, NONE, new PositiveSampling(0, 0), true);
            sampler.drawWindows(new DirectPatches(pyramids), batch, 0, 100, new SplittableRandom(7));
            sampler.drawJittered(new DirectPatches(pyramids), batch, 100, 200, new SplittableRandom(8));
        }
        double[] ious = IntStream.range(0, corpus.positives())
                .mapToDouble(i -> corpus.box(corpus.positive(i)).iou(box))
                .toArray();
        float[] labels = PatchBatchTest.floats(batch.targets());
        for (int i = 0; i < 100; i++) {
            double label = labels[i];
            assertThat(Arrays.stream(ious).map(iou -> Math.abs(iou - label)).min())
                    .hasValueCloseTo(0.0, within(1e-6));
            assertThat(labels[100 + i]).isBetween(0.5f, 1f);
        }
    }

    private static float scaled(float offset) {
        return (float) (offset * BoxOffsets.SCALE);
    }

    private static void assertClose(Box found, Box expected, double tolerance) {
        assertThat(found.x1()).isCloseTo(expected.x1(), within(tolerance));
        assertThat(found.y1()).isCloseTo(expected.y1(), within(tolerance));
        assertThat(found.x2()).isCloseTo(expected.x2(), within(tolerance));
        assertThat(found.y2()).isCloseTo(expected.y2(), within(tolerance));
    }

    private static PositiveSampler sampler(WindowCorpus corpus, Augmentation augmentation, double classBalance) {
        return new PositiveSampler(corpus, augmentation, new PositiveSampling(classBalance, 0), false);
    }

    private static PyramidStore pyramids(WindowCorpus corpus) {
        return new PyramidStore(corpus.dataset().images(), corpus.geometry(), 1);
    }

    private static WindowCorpus corpus(AnnotatedImage... images) {
        return WindowCorpus.of(Dataset.of(List.of(images)), GEOMETRY, Labelling.withDefaults());
    }

    /** An image of one colour. */
    private static AnnotatedImage plain(String name, int red, GroundTruth object) {
        byte[] rgb = new byte[3 * 100 * 80];
        Arrays.fill(rgb, (byte) red);
        return new AnnotatedImage(name, () -> new Pixels(100, 80, rgb), 100, 80, List.of(object));
    }

    private static int countRed(PatchBatch batch, int from, int to, int red) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += (batch.pixels().get(i * BYTES) & 0xff) == red ? 1 : 0;
        }
        return count;
    }

    private static int red(byte[] pixels, int x) {
        return pixels[3 * x] & 0xff;
    }

    private static byte[] pixels(PatchBatch batch, int index) {
        byte[] pixels = new byte[BYTES];
        batch.pixels().get(index * BYTES, pixels);
        return pixels;
    }

    private static byte[] everything(PatchBatch batch) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(batch.pixels(), batch.targets(), batch.offsets(), batch.gains(), batch.shifts())
                .forEach(buffer -> {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.get(bytes);
                    all.writeBytes(bytes);
                });
        return all.toByteArray();
    }
}
