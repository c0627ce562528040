package io.errata.detection.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import io.errata.detection.Detection;
import io.errata.detection.network.CropArchitecture;
import io.errata.detection.network.CropNetwork;
import io.errata.detection.scan.ScoredBoxes;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What could go wrong with boxes that are looked at again. */
class SecondStageTest {

    private static final CropArchitecture TINY = new CropArchitecture(8, 1.5, List.of(3, 4), 3, List.of(2, 5));
    private static final Pixels IMAGE = noise(60, 40);

    @Test
    void movesBoxesButNeverOutOfTheImage() {
        ScoredBoxes box = boxes(new Box(20, 25, 40, 35));

        assertThat(refined(IMAGE, box, 0, 0, 0).box(0)).isEqualTo(new Box(20, 25, 40, 35));
        // 2.5 · 0.2 of the box's height further down, where the image ends at 40
        assertThat(refined(IMAGE, box, 2.5f, 0, 0).box(0)).isEqualTo(new Box(20, 30, 40, 40));
        assertThat(refined(IMAGE, box, 5, 0, 0).box(0)).isEqualTo(new Box(20, 35, 40, 40));
    }

    @Test
    void leavesABoxWhereItIsThatWouldBeMovedToNothing() {
        ScoredBoxes box = boxes(new Box(20, 25, 40, 35));

        for (float offset : new float[] {100, -100, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN}) {
            assertThat(refined(IMAGE, box, offset, 0, 0).box(0))
                    .as("%s", offset)
                    .isEqualTo(box.box(0));
        }
        assertThat(refined(IMAGE, box, 0, Float.NaN, Float.NaN).box(0)).isEqualTo(box.box(0));
        // an extent changes e-fold at most
        Box smallest = refined(IMAGE, box, 0, -1e30f, -1e30f).box(0);
        assertThat(smallest.width()).isCloseTo(20 / Math.E, within(1e-5));
        assertThat(smallest.height()).isCloseTo(10 / Math.E, within(1e-5));
    }

    @Test
    void looksAtMoreBoxesThanABatchHoldsAsAtOneAlone() {
        ScoredBoxes all = boxes(IntStream.range(0, 333)
                .mapToObj(i -> Box.ofSize(i % 37, i % 23, 4 + i % 19, 3 + i % 13))
                .toArray(Box[]::new));
        try (SecondStage stage = stage(0, 0, 0);
                DecodedImage image = DecodedImage.of(IMAGE)) {
            ScoredBoxes together = stage.refine(image, all);

            assertThat(together.size()).isEqualTo(333);
            for (int i : new int[] {0, 159, 160, 161, 319, 320, 332}) {
                ScoredBoxes alone = stage.refine(image, boxes(all.box(i)));
                assertThat(together.scores()[i]).as("%d", i).isCloseTo(alone.scores()[0], within(1e-5f));
            }
            assertThat(stage.refine(image, boxes()).size()).isZero();
        }
    }

    @Test
    void looksAtImagesSmallerThanItsCrops() {
        Pixels speck = noise(3, 2);

        ScoredBoxes found = refined(speck, boxes(new Box(0, 0, 3, 2), new Box(1, 1, 2, 2)), 0, 0, 0);

        assertThat(found.box(0)).isEqualTo(new Box(0, 0, 3, 2));
        assertThat(found.box(1)).isEqualTo(new Box(1, 1, 2, 2));
        assertThat(found.scores()).doesNotContain(Float.NaN);
    }

    /** All that is no object is to be ignored. */
    @Test
    void isTrainedWithoutASingleNegative() {
        Box whole = new Box(0, 0, 60, 40);
        GroundTruth ignored = new GroundTruth("cell", whole, whole.area(), false, true);
        GroundTruth object = GroundTruth.of("cell", new Box(10, 10, 30, 30));
        Dataset train = Dataset.of(List.of(new AnnotatedImage("image", () -> IMAGE, 60, 40, List.of(ignored, object))));

        CropPool pool = pool(train, List.of(List.of(new Detection("cell", 0.9, whole))));

        assertThat(pool.hardNegatives()).isZero();
        assertThat(pool.newBatch(48).positives()).isEqualTo(48);
        try (CropNetwork network =
                SecondStageTrainer.train(pool, TINY, 5, 1, Augmentation.withDefaults(), 3, Device.cpu(), step -> {})) {
            network.parameters()
                    .forEach((name, parameter) -> assertThat(
                                    parameter.getArray().isNaN().any().getBoolean())
                            .as(name)
                            .isFalse());
        }
    }

    private static CropPool pool(Dataset train, List<List<Detection>> proposals) {
        WindowGeometry geometry = new WindowGeometry(16, 4, 1.25, List.of(new WindowShape(12, 12)));
        try (PyramidStore images = new PyramidStore(train.images(), geometry, 1)) {
            return CropPool.cut(train, images, proposals, TINY, 100, 1 << 20, 5);
        }
    }

    private static ScoredBoxes refined(Pixels pixels, ScoredBoxes boxes, float down, float wider, float higher) {
        try (SecondStage stage = stage(down, wider, higher);
                DecodedImage image = DecodedImage.of(pixels)) {
            return stage.refine(image, boxes);
        }
    }

    /** One that moves every box by these offsets. */
    private static SecondStage stage(float down, float wider, float higher) {
        CropNetwork network = CropNetwork.create(TINY, 1, 4, Device.cpu());
        network.parameters().forEach((name, parameter) -> {
            if (name.contains("box") && name.endsWith("weight")) {
                parameter.getArray().set(new float[(int) parameter.getArray().size()]);
            } else if (name.contains("box")) {
                parameter.getArray().set(new float[] {0, down, wider, higher});
            }
        });
        return SecondStage.owning(network);
    }

    private static ScoredBoxes boxes(Box... boxes) {
        float[] edges = new float[4 * boxes.length];
        float[] scores = new float[boxes.length];
        for (int i = 0; i < boxes.length; i++) {
            edges[4 * i] = (float) boxes[i].x1();
            edges[4 * i + 1] = (float) boxes[i].y1();
            edges[4 * i + 2] = (float) boxes[i].x2();
            edges[4 * i + 3] = (float) boxes[i].y2();
            scores[i] = 0.5f;
        }
        return new ScoredBoxes(new int[boxes.length], scores, edges);
    }

    private static Pixels noise(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new Random(7).nextBytes(rgb);
        return new Pixels(width, height, rgb);
    }
}
