package io.errata.detection.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.errata.datasets.patch.PatchBatch;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.network.ReceptiveField.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A fully convolutional network over windows: class logits (multi-label) and, if planned, class-agnostic box offsets for each window. On
 * a patch it gives one output, on a level one for each window of its grid. Owns its parameters, on one device. Close it.
 */
public final class Network implements TrainableNetwork, AutoCloseable {

    /** The probability that an untrained network gives every class (Lin et al. 2017, arXiv 1708.02002, section 4.1). */
    private static final double PRIOR = 0.01;
    /** The gain that keeps the size of rectified values from layer to layer (He et al. 2015, arXiv 1502.01852). */
    private static final double GAIN = Math.sqrt(2);

    private final Architecture architecture;
    private final int classes;
    private final Normalization normalization = Normalization.withDefaults();
    private final NDManager manager;
    private final SequentialBlock block = new SequentialBlock();
    private final List<ConvolutionBlock> layers = new ArrayList<>();
    private final ParameterStore parameterStore;
    /** Every parameter by its name, in a fixed order; running statistics too. */
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private Network(Architecture architecture, int classes, Device device) {
        this.architecture = architecture;
        this.classes = classes;
        this.manager = EngineEnvironment.newManager(device);
        for (Layer layer : architecture.layers()) {
            layers.add(new ConvolutionBlock(layer, 0, architecture.batchNorm(), true));
        }
        int outputs = classes + (architecture.boxRegression() ? 4 : 0);
        layers.add(new ConvolutionBlock(new Layer(outputs, 1, 1), 0, false, false));
        layers.forEach(block::add);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 3, architecture.patch(), architecture.patch()));
        for (Pair<String, Parameter> parameter : block.getParameters()) {
            parameters.put(parameter.getKey(), parameter.getValue());
        }
        this.parameterStore = new ParameterStore(manager, false);
    }

    /**
     * A network with random parameters: normal with variance 2 / fan-in (He et al. 2015), and a head that starts at the focal loss's
     * prior.
     *
     * @param seed same seed, same parameters
     */
    public static Network create(Architecture architecture, int classes, long seed, Device device) {
        Network network = new Network(architecture, classes, device);
        SplittableRandom random = new SplittableRandom(seed);
        int head = network.layers.size() - 1;
        network.layers.subList(0, head).forEach(layer -> layer.draw(random, GAIN));
        network.layers.get(head).drawHead(random, classes, PRIOR);
        return network;
    }

    /**
     * A network with parameters written by {@link #write}.
     *
     * @throws IOException if they cannot be read or are those of another architecture
     */
    public static Network read(Architecture architecture, int classes, InputStream weights, Device device)
            throws IOException {
        Network network = new Network(architecture, classes, device);
        try {
            network.restore(weights);
            return network;
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** @param patches shape {@code [N, P, P, 3]}, uint8 */
    @Override
    public NDArray forward(NDArray patches, NDArray gains, NDArray shifts) {
        NDArray images =
                normalization.apply(patches).mul(gains.reshape(-1, 1, 1, 1)).add(shifts.reshape(-1, 3, 1, 1));
        NDArray outputs =
                block.forward(parameterStore, new NDList(images), true).singletonOrThrow();
        return outputs.reshape(outputs.getShape().get(0), -1);
    }

    /**
     * Makes a class's logit another linear function of what the last layer sees.
     *
     * @param weights one a feature
     * @throws IllegalArgumentException if they are not as many as features
     */
    public void replaceOutput(int classIndex, double[] weights, double bias) {
        ConvolutionBlock head = layers.get(layers.size() - 1);
        NDArray weight = head.getParameters().get("weight").getArray();
        NDArray biases = head.getParameters().get("bias").getArray();
        int features = (int) weight.getShape().get(1);
        if (weights.length != features) {
            throw new IllegalArgumentException("weights must be " + features + ", found " + weights.length);
        }
        float[] all = weight.toFloatArray();
        for (int i = 0; i < features; i++) {
            all[classIndex * features + i] = (float) weights[i];
        }
        weight.set(all);
        float[] offsets = biases.toFloatArray();
        offsets[classIndex] = (float) bias;
        biases.set(offsets);
    }

    /** This network as it is now, made fast for scanning; the caller closes it. */
    public FoldedNetwork fold() {
        return new FoldedNetwork(manager.newSubManager(), this, layers);
    }

    /**
     * The places of the patches that this network, as it is now, most takes for objects.
     *
     * @param most how many places come back
     */
    public int[] hardest(PatchBatch candidates, int most) {
        try (FoldedNetwork folded = fold();
                NDManager step = folded.manager().newSubManager()) {
            NDArray patches = step.create(
                    candidates.pixels(),
                    new Shape(candidates.size(), candidates.patch(), candidates.patch(), 3),
                    DataType.UINT8);
            NDArray outputs = folded.infer(patches).reshape(candidates.size(), -1);
            NDArray best =
                    outputs.get(new NDIndex(":, 0:" + candidates.classes())).max(new int[] {1});
            long[] places = best.topK(most, 0, true, true).get(1).toLongArray();
            return Arrays.stream(places).mapToInt(Math::toIntExact).toArray();
        }
    }

    @Override
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    public Architecture architecture() {
        return architecture;
    }

    public int patch() {
        return architecture.patch();
    }

    public int stride() {
        return architecture.stride();
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public boolean predictsOffsets() {
        return architecture.boxRegression();
    }

    public Normalization normalization() {
        return normalization;
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    public Device device() {
        return manager.getDevice();
    }

    @Override
    public void close() {
        block.clear();
        manager.close();
    }
}
