package io.errata.detection.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.datasets.pyramid.Level;
import io.errata.detection.TinyData;
import io.errata.mining.scan.DenseScorer;
import io.errata.mining.scan.PatchScorer;
import io.errata.mining.scan.Selection;
import io.errata.mining.scan.Survivors;
import io.errata.mining.scan.WindowNetwork;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxNetworkTest {

    private static final List<Integer> WIDTHS = List.of(6, 7, 8, 9, 10, 11, 12);

    @ParameterizedTest
    @CsvSource({"32, 4, true, true", "20, 4, false, true", "31, 8, true, false", "40, 8, true, true"})
    void equalsTheFoldedNetwork(int patch, int stride, boolean batchNorm, boolean boxRegression) {
        Architecture plan = new Architecture(patch, stride, WIDTHS, batchNorm, boxRegression);
        try (Network network = Network.create(plan, 3, 3, Device.cpu());
                FoldedNetwork folded = network.fold();
                WindowNetwork onnx = network.forScanning();
                NDManager scratch = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            assertThat(onnx).isInstanceOf(OnnxNetwork.class);
            for (int[] size : new int[][] {{patch, patch}, {patch + 29, patch + 64}, {patch + 3, patch + 7}}) {
                byte[] pixels = new byte[2 * size[0] * size[1] * 3];
                new Random(4).nextBytes(pixels);
                NDArray images =
                        scratch.create(ByteBuffer.wrap(pixels), new Shape(2, size[0], size[1], 3), DataType.UINT8);

                NDArray expected = folded.infer(images);
                NDArray found = onnx.infer(images);

                assertThat(found.getShape()).isEqualTo(expected.getShape());
                assertThat(found.toFloatArray()).containsExactly(expected.toFloatArray(), offset(1e-4f));
            }
        }
    }

    @Test
    void aDenseScanEqualsScoringPatchByPatch() {
        Architecture plan = new Architecture(32, 4, WIDTHS, true, true);
        try (TinyData data = TinyData.of(2, 32, 4);
                Network network = Network.create(plan, 1, 3, Device.cpu());
                WindowNetwork onnx = network.forScanning()) {
            List<Level> levels = List.of(
                    data.pyramids().get(0).level(0), data.pyramids().get(1).level(0));
            int windows = 2 * levels.get(0).grid().windows();
            byte[] wanted = new byte[windows];
            Arrays.fill(wanted, (byte) 1);
            Selection all = new Selection(0, windows, wanted, new int[] {0, windows - 1});

            Survivors dense = new DenseScorer(onnx).survivors(levels, all);
            Survivors patches = new PatchScorer(onnx, 64).survivors(levels, all);

            assertThat(dense.scores()).containsExactly(patches.scores(), offset(1e-4f));
            assertThat(dense.offsets()).containsExactly(patches.offsets(), offset(1e-4f));
            assertThat(dense.watched()).containsExactly(patches.watched(), offset(1e-4f));
        }
    }

    @Test
    void anEarlierResultOutlivesALaterOne() {
        try (Network network = Network.create(new Architecture(20, 4, WIDTHS, false, false), 1, 3, Device.cpu());
                WindowNetwork onnx = network.forScanning();
                NDManager scratch = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray black = scratch.zeros(new Shape(1, 20, 20, 3), DataType.UINT8);
            NDArray first = onnx.infer(black);
            float before = first.toFloatArray()[0];

            float other = onnx.infer(black.add(200)).toFloatArray()[0];

            assertThat(other).isNotEqualTo(before);
            assertThat(first.toFloatArray()[0]).isEqualTo(before);
        }
    }

    @Test
    void refusesImagesSmallerThanAPatch() {
        try (Network network = Network.create(new Architecture(20, 4, WIDTHS, false, false), 1, 3, Device.cpu());
                WindowNetwork onnx = network.forScanning();
                NDManager scratch = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray small = scratch.zeros(new Shape(1, 12, 20, 3), DataType.UINT8);

            assertThatThrownBy(() -> onnx.infer(small))
                    .hasMessageContaining("at least a patch large, 20 × 20, found shape (1, 12, 20, 3)");
        }
    }
}
