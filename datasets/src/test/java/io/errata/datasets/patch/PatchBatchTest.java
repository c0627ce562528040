package io.errata.datasets.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Scenes;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PatchBatchTest {

    @Test
    void hasDirectBuffersOfTheShapesItTells() {
        PatchBatch batch = new PatchBatch(5, 2, 8, 3);

        assertThat(List.of(batch.pixels(), batch.targets(), batch.offsets(), batch.gains(), batch.shifts()))
                .extracting(ByteBuffer::capacity)
                .containsExactly(5 * 8 * 8 * 3, 4 * 5 * 3, 4 * 2 * 4, 4 * 5, 4 * 5 * 3);
        assertThat(List.of(batch.pixels(), batch.targets(), batch.offsets(), batch.gains(), batch.shifts()))
                .allMatch(ByteBuffer::isDirect)
                .allMatch(buffer -> buffer.order() == ByteOrder.nativeOrder());
        assertThat(List.of(batch.size(), batch.positives(), batch.patch(), batch.classes()))
                .containsExactly(5, 2, 8, 3);
    }

    @Test
    void holdsOnePatchAfterTheOther() {
        PatchBatch batch = new PatchBatch(3, 2, 2, 2);
        byte[] patch = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        batch.setPixels(1, patch);
        batch.setClass(0, 1);
        batch.setClass(1, 0);
        batch.setOffsets(1, 0.5, -1, 2, -3);
        batch.setPhotometric(2, 1.5, 0.25, -0.5, 0.75);

        byte[] pixels = new byte[36];
        batch.pixels().get(pixels);
        assertThat(Arrays.copyOfRange(pixels, 12, 24)).containsExactly(patch);
        assertThat(Arrays.copyOfRange(pixels, 0, 12)).containsOnly(0);
        assertThat(floats(batch.targets())).containsExactly(0, 1, 1, 0, 0, 0);
        assertThat(floats(batch.offsets())).containsExactly(0, 0, 0, 0, 0.5f, -1, 2, -3);
        assertThat(floats(batch.gains())).containsExactly(0, 0, 1.5f);
        assertThat(floats(batch.shifts())).containsExactly(0, 0, 0, 0, 0, 0, 0.25f, -0.5f, 0.75f);
    }

    @Test
    void canBeFilledAnewAndReadAgain() {
        PatchBatch batch = new PatchBatch(2, 1, 2, 2);
        batch.setClass(0, 1);
        batch.setClass(1, 1);
        batch.setBackground(1);
        batch.setClass(0, 0);

        assertThat(floats(batch.targets())).containsExactly(1, 0, 0, 0);
        assertThat(floats(batch.targets())).containsExactly(1, 0, 0, 0);
        assertThatThrownBy(() -> batch.setOffsets(1, 0, 0, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void takesBackgroundFromTheWindowOfItsKey() {
        WindowGeometry geometry =
                new WindowGeometry(20, 5, 1, List.of(new WindowShape(30, 20), new WindowShape(50, 50)));
        List<AnnotatedImage> images = List.of(
                Scenes.image("a", 60, 60), Scenes.image("b", 70, 50, GroundTruth.of("x", new Box(0, 0, 20, 20))));
        try (PyramidStore pyramids = new PyramidStore(images, geometry, 1)) {
            PatchBatch batch = new PatchBatch(2, 0, 20, 1);
            batch.setClass(1, 0);
            PatchSource patches = new DirectPatches(pyramids);
            new NegativeCutter(new Augmentation(false, false, 0))
                    .cut(WindowKey.of(1, 1, 2, 3), patches, batch, 1, new SplittableRandom(1));

            byte[] pixels = new byte[2 * 1200];
            batch.pixels().get(pixels);
            assertThat(Arrays.copyOfRange(pixels, 1200, 2400))
                    .containsExactly(patches.window(WindowKey.of(1, 1, 2, 3)));
            assertThat(floats(batch.targets())).containsExactly(0, 0);
            assertThat(floats(batch.gains())).containsExactly(0, 1);
            assertThat(floats(batch.shifts())).containsOnly(0);
        }
    }

    static float[] floats(ByteBuffer buffer) {
        float[] floats = new float[buffer.remaining() / 4];
        buffer.asFloatBuffer().get(floats);
        return floats;
    }
}
