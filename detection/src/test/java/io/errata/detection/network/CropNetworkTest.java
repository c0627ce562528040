package io.errata.detection.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.InvalidArgumentException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CropNetworkTest {

    private static final CropArchitecture TINY = new CropArchitecture(8, 1.5, List.of(3, 4), 3, List.of(2, 5));
    private static final int CLASSES = 2;

    @Test
    void hasAsManyParametersAsItsPlanSays() {
        try (CropNetwork network = CropNetwork.create(CropArchitecture.withDefaults(), 1, 0, Device.cpu())) {
            // a branch: stem 3·w·9 + 2·w, blocks (i·o + o·o)·9 + i·o + 6·o; heads of 2 × 2 places
            long close = 3L * 16 * 9 + 32 + block(16, 24) + block(24, 48) + block(48, 96);
            long context = 3L * 16 * 9 + 32 + block(16, 24) + block(24, 48) + block(48, 64);
            assertThat(network.parameterCount()).isEqualTo(close + context + 160 * 4 + 1 + 96 * 4 * 4 + 4);
        }
    }

    private static long block(long in, long out) {
        return (in * out + out * out) * 9 + in * out + 6 * out;
    }

    /** Against the sums written out, in double precision. */
    @Test
    void foldedItIsTheSumsOfItsPlan() {
        byte[] crops = noise(3);
        try (CropNetwork network = CropNetwork.create(TINY, CLASSES, 4, Device.cpu())) {
            disturb(network);
            try (FoldedCropNetwork folded = network.fold();
                    NDManager step = folded.manager().newSubManager()) {
                float[] found = folded.infer(array(step, crops, 3)).toFloatArray();

                for (int n = 0; n < 3; n++) {
                    for (boolean mirrored : new boolean[] {false, true}) {
                        double[] expected = new WrittenOut(network).outputs(input(crops, n, mirrored));
                        for (int k = 0; k < CLASSES + 4; k++) {
                            assertThat((double) found[((mirrored ? 3 : 0) + n) * (CLASSES + 4) + k])
                                    .isCloseTo(expected[k], within(1e-4));
                        }
                    }
                }
            }
        }
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CropNetwork network = CropNetwork.create(TINY, CLASSES, 4, Device.cpu())) {
            disturb(network);
            network.write(bytes);
            try (CropNetwork read =
                    CropNetwork.read(TINY, CLASSES, new ByteArrayInputStream(bytes.toByteArray()), Device.cpu())) {
                network.parameters()
                        .forEach((name, parameter) -> assertThat(
                                        Objects.requireNonNull(read.parameters().get(name))
                                                .getArray()
                                                .toFloatArray())
                                .as(name)
                                .isEqualTo(parameter.getArray().toFloatArray()));
            }
        }
        CropArchitecture other = new CropArchitecture(8, 1.5, List.of(3, 5), 3, List.of(2, 5));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        CropNetwork.read(other, CLASSES, new ByteArrayInputStream(bytes.toByteArray()), Device.cpu()))
                .withMessageContaining("must have shape");
    }

    @Test
    void refusesPlansThatCannotBe() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> new CropArchitecture(20, 0, List.of(3, 4, 5), 3, List.of(3)))
                .withMessageContaining("side must be a multiple of 2 to the power of the number of widths (8)")
                .withMessageContaining("view must be in (0, 16.0], found 0.0")
                .withMessageContaining("contextWidths must be as many numbers as widths (3)");
    }

    /** Makes running statistics and biases other than they start. */
    private static void disturb(CropNetwork network) {
        Random random = new Random(9);
        network.parameters().forEach((name, parameter) -> {
            float[] values = parameter.getArray().toFloatArray();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (name.contains("weight") ? 0 : 0.3 * random.nextDouble());
            }
            parameter.getArray().set(values);
        });
    }

    private static NDArray array(NDManager step, byte[] crops, int count) {
        return step.create(
                ByteBuffer.wrap(crops), new Shape(count, TINY.side(), TINY.side(), TINY.channels()), DataType.UINT8);
    }

    private static double[][][] input(byte[] crops, int n, boolean mirrored) {
        int side = TINY.side();
        double[][][] input = new double[TINY.channels()][side][side];
        for (int c = 0; c < TINY.channels(); c++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    int from = mirrored ? side - 1 - x : x;
                    int value = crops[((n * side + y) * side + from) * TINY.channels() + c] & 255;
                    input[c][y][x] = (value - 118) / 60.0;
                }
            }
        }
        return input;
    }

    private static byte[] noise(int count) {
        byte[] bytes = new byte[count * TINY.bytes()];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    /** The tiny plan, sum by sum. */
    private record WrittenOut(CropNetwork network) {

        double[] outputs(double[][][] input) {
            double[][][] near = branch("01close_", Arrays.copyOfRange(input, 0, 3));
            double[][][] far = branch("02context_", Arrays.copyOfRange(input, 3, 6));
            double[][][] all = Stream.of(near, far).flatMap(Arrays::stream).toArray(double[][][]::new);
            double[][][] logits = layer("03class_", all, 1, 0);
            double[][][] offsets = layer("04box_", near, 1, 0);
            return Stream.of(logits, offsets)
                    .flatMap(Arrays::stream)
                    .mapToDouble(channel -> channel[0][0])
                    .toArray();
        }

        private double[][][] branch(String prefix, double[][][] input) {
            double[][][] stem = relu(layer(prefix + "01stem_", input, 2, 1));
            double[][][] inner =
                    layer(prefix + "02block_02second_", relu(layer(prefix + "02block_01first_", stem, 2, 1)), 1, 1);
            double[][][] outer = layer(prefix + "02block_03around_", stem, 2, 0);
            for (int c = 0; c < inner.length; c++) {
                for (int y = 0; y < inner[c].length; y++) {
                    for (int x = 0; x < inner[c][y].length; x++) {
                        inner[c][y][x] += outer[c][y][x];
                    }
                }
            }
            return relu(inner);
        }

        private double[][][] layer(String prefix, double[][][] input, int stride, int padding) {
            NDArray weight = values(prefix + "weight");
            Shape shape = weight.getShape();
            float[] w = weight.toFloatArray();
            int filters = (int) shape.get(0);
            int kernel = (int) shape.get(2);
            int side = (input[0].length + 2 * padding - kernel) / stride + 1;
            double[][][] output = new double[filters][side][side];
            for (int f = 0; f < filters; f++) {
                for (int y = 0; y < side; y++) {
                    for (int x = 0; x < side; x++) {
                        double sum = 0;
                        for (int c = 0; c < input.length; c++) {
                            for (int i = 0; i < kernel; i++) {
                                for (int j = 0; j < kernel; j++) {
                                    int row = y * stride + i - padding;
                                    int column = x * stride + j - padding;
                                    boolean inside = row >= 0
                                            && row < input[c].length
                                            && column >= 0
                                            && column < input[c].length;
                                    sum += inside
                                            ? w[((f * input.length + c) * kernel + i) * kernel + j]
                                                    * input[c][row][column]
                                            : 0;
                                }
                            }
                        }
                        output[f][y][x] = normalised(prefix, f, sum);
                    }
                }
            }
            return output;
        }

        private double normalised(String prefix, int filter, double sum) {
            if (network.parameters().containsKey(prefix + "bias")) {
                return sum + values(prefix + "bias").toFloatArray()[filter];
            }
            double mean = values(prefix + "running_mean").toFloatArray()[filter];
            double variance = values(prefix + "running_variance").toFloatArray()[filter];
            return (sum - mean)
                            / Math.sqrt(variance + 1e-5)
                            * values(prefix + "gamma").toFloatArray()[filter]
                    + values(prefix + "beta").toFloatArray()[filter];
        }

        private NDArray values(String name) {
            return Objects.requireNonNull(network.parameters().get(name)).getArray();
        }

        private static double[][][] relu(double[][][] values) {
            for (double[][] channel : values) {
                for (double[] row : channel) {
                    for (int x = 0; x < row.length; x++) {
                        row[x] = Math.max(0, row[x]);
                    }
                }
            }
            return values;
        }
    }
}
