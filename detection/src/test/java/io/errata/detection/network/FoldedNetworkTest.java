package io.errata.detection.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.errata.core.loss.FocalLoss;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.pyramid.Level;
import io.errata.detection.TinyData;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.network.ReceptiveField.Layer;
import io.errata.detection.scan.DenseScorer;
import io.errata.detection.scan.PatchScorer;
import io.errata.detection.scan.ScanHits;
import io.errata.detection.scan.Selection;
import io.errata.detection.training.BoxLoss;
import io.errata.detection.training.Objective;
import io.errata.detection.training.OptimizerSettings;
import io.errata.detection.training.Trainer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedNetworkTest {

    private static final List<Integer> WIDTHS = List.of(6, 7, 8, 9, 10);

    /** After a few steps of training, so that the running statistics are those of no layer in particular. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void isTheNetworkItWasMadeOf(boolean batchNorm, boolean boxRegression) {
        Architecture plan = new Architecture(20, 4, WIDTHS, batchNorm, boxRegression);
        try (TinyData data = TinyData.of(2, 20, 4);
                Network network = trained(plan, data);
                FoldedNetwork folded = network.fold();
                NDManager scratch = network.manager().newSubManager()) {
            byte[] patch = new byte[20 * 20 * 3];
            new Random(4).nextBytes(patch);
            NDArray image = scratch.create(ByteBuffer.wrap(patch), new Shape(1, 20, 20, 3), DataType.UINT8);

            List<Parameter> parameters = new ArrayList<>(network.parameters().values());
            double[] features = featuresByHand(parameters, patch, plan);
            double[] expected = headByHand(parameters, features);

            assertThat(folded.featureCount()).isEqualTo(features.length);
            assertThat(folded.features(image).getShape()).isEqualTo(new Shape(1, features.length, 1, 1));
            assertThat(doubles(folded.features(image))).containsExactly(features, offset(1e-4));
            assertThat(doubles(folded.infer(image))).containsExactly(expected, offset(1e-4));
        }
    }

    @Test
    void aFoldedBlockIsTheBlockInInference() {
        try (NDManager manager = EngineEnvironment.newManager(Device.cpu())) {
            ConvolutionBlock block = new ConvolutionBlock(new Layer(5, 3, 2), 0, true, true);
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 4, 9, 9));
            block.getParameters().get("weight").getArray().set(gaussians(5 * 4 * 9));
            ParameterStore store = new ParameterStore(manager, false);
            NDArray images = manager.create(gaussians(8 * 4 * 9 * 9), new Shape(8, 4, 9, 9));
            try (GradientCollector collector = EngineEnvironment.engine().newGradientCollector()) {
                for (int i = 0; i < 5; i++) {
                    block.forward(store, new NDList(images), true);
                }
                assertThat(collector).isNotNull();
            }
            NDArray inference = block.forward(store, new NDList(images), false).singletonOrThrow();

            assertThat(doubles(block.fold(manager).apply(images))).containsExactly(doubles(inference), offset(1e-4));
        }
    }

    @Test
    void doesNotChangeWhenTheNetworkLearnsOn() {
        Architecture plan = new Architecture(20, 4, WIDTHS, true, true);
        try (TinyData data = TinyData.of(2, 20, 4);
                Network network = trained(plan, data);
                FoldedNetwork folded = network.fold()) {
            Level level = data.level(0, 0);
            float[] before = new DenseScorer(folded).score(level);

            train(network, data);

            assertThat(new DenseScorer(folded).score(level)).isEqualTo(before);
        }
    }

    /** What makes an exhaustive scan honest: the score in a level is the score of the patch. */
    @ParameterizedTest
    @CsvSource({"32, 4, true, true", "20, 4, false, true", "31, 8, true, false", "40, 8, true, true"})
    void aDenseScanEqualsScoringPatchByPatch(int patch, int stride, boolean batchNorm, boolean boxRegression) {
        Architecture plan = new Architecture(patch, stride, List.of(6, 7, 8, 9, 10, 11, 12), batchNorm, boxRegression);
        try (TinyData data = TinyData.of(2, patch, stride);
                Network network = trained(plan, data);
                FoldedNetwork folded = network.fold()) {
            for (int level = 0; level < data.corpus().geometry().levels(); level++) {
                List<Level> levels = List.of(data.level(0, level), data.level(1, level));
                int windows = 2 * levels.get(0).grid().windows();
                Selection all = new Selection(0, windows, ones(windows), new int[] {0, windows - 1});

                ScanHits dense = new DenseScorer(folded).hits(levels, all);
                ScanHits patches = new PatchScorer(folded, 64).hits(levels, all);

                assertThat(dense.windows()).hasSize(windows).isEqualTo(patches.windows());
                assertThat(dense.scores()).containsExactly(patches.scores(), offset(1e-4f));
                assertThat(dense.offsets()).containsExactly(patches.offsets(), offset(1e-4f));
                assertThat(dense.tracked()).containsExactly(patches.tracked(), offset(1e-4f));
            }
        }
    }

    private static Network trained(Architecture plan, TinyData data) {
        Network network = Network.create(plan, 1, 3, Device.cpu());
        train(network, data);
        return network;
    }

    private static void train(Network network, TinyData data) {
        try (Trainer<Network> trainer = new Trainer<>(
                network, OptimizerSettings.withDefaults(), Objective.of(FocalLoss.of(0.25, 2), BoxLoss.smoothL1(1)))) {
            PatchBatch batch = new PatchBatch(16, 4, network.patch(), 1);
            for (int step = 0; step < 8; step++) {
                data.fill(data.batches(), batch, step, true);
                trainer.step(batch, 0.02, false);
            }
        }
    }

    /** What the head sees of one patch, in plain Java and double precision; takes the parameters before the head off the list. */
    private static double[] featuresByHand(List<Parameter> parameters, byte[] patch, Architecture plan) {
        int side = plan.patch();
        double[] values = new double[3 * side * side];
        for (int i = 0; i < patch.length; i++) {
            values[i % 3 * side * side + i / 3] = ((patch[i] & 0xff) - 118.0) / 60;
        }
        for (Layer layer : plan.layers()) {
            float[] weight = next(parameters);
            float[] bias = plan.batchNorm() ? new float[layer.filters()] : next(parameters);
            values = convolved(values, side, weight, bias, layer);
            side = (side - layer.kernel()) / layer.stride() + 1;
            if (plan.batchNorm()) {
                normalise(values, side * side, next(parameters), next(parameters), next(parameters), next(parameters));
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(0, values[i]);
            }
        }
        assertThat(side).isEqualTo(1);
        return values;
    }

    private static double[] headByHand(List<Parameter> parameters, double[] features) {
        float[] weight = next(parameters);
        float[] bias = next(parameters);
        assertThat(parameters).isEmpty();
        return convolved(features, 1, weight, bias, new Layer(bias.length, 1, 1));
    }

    private static void normalise(
            double[] values, int area, float[] gamma, float[] beta, float[] mean, float[] variance) {
        assertThat(variance[0]).isNotEqualTo(1);
        for (int i = 0; i < values.length; i++) {
            int c = i / area;
            values[i] = (values[i] - mean[c]) / Math.sqrt(variance[c] + 1e-5) * gamma[c] + beta[c];
        }
    }

    private static double[] convolved(double[] input, int side, float[] weight, float[] bias, Layer layer) {
        int k = layer.kernel();
        int channels = input.length / (side * side);
        int out = (side - k) / layer.stride() + 1;
        double[] output = new double[layer.filters() * out * out];
        for (int o = 0; o < output.length; o++) {
            int filter = o / (out * out);
            int top = o / out % out * layer.stride();
            int left = o % out * layer.stride();
            double sum = bias[filter];
            for (int w = 0; w < channels * k * k; w++) {
                int channel = w / (k * k);
                int y = top + w / k % k;
                int x = left + w % k;
                sum += weight[filter * channels * k * k + w] * input[(channel * side + y) * side + x];
            }
            output[o] = sum;
        }
        return output;
    }

    private static float[] next(List<Parameter> parameters) {
        return parameters.remove(0).getArray().toFloatArray();
    }

    private static byte[] ones(int count) {
        byte[] ones = new byte[count];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }

    private static float[] gaussians(int count) {
        Random random = new Random(5);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
