package io.errata.detection.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.network.ReceptiveField.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
public final class Network implements AutoCloseable {

    /** The probability that an untrained network gives every class (Lin et al. 2017, arXiv 1708.02002, section 4.1). */
    private static final double PRIOR = 0.01;

    private static final double HEAD_DEVIATION = 0.01;

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
            layers.add(new ConvolutionBlock(layer, architecture.batchNorm(), false));
        }
        int outputs = classes + (architecture.boxRegression() ? 4 : 0);
        layers.add(new ConvolutionBlock(new Layer(outputs, 1, 1), false, true));
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
        for (int i = 0; i < network.layers.size(); i++) {
            network.draw(network.layers.get(i), i == network.layers.size() - 1, random);
        }
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

    private void draw(ConvolutionBlock layer, boolean head, SplittableRandom random) {
        NDArray weight = layer.getParameters().get("weight").getArray();
        Shape shape = weight.getShape();
        double deviation = head ? HEAD_DEVIATION : Math.sqrt(2.0 / (shape.get(1) * shape.get(2) * shape.get(3)));
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        weight.set(values);
        if (head) {
            NDArray bias = layer.getParameters().get("bias").getArray();
            float[] start = new float[(int) bias.size()];
            Arrays.fill(start, 0, classes, (float) -Math.log((1 - PRIOR) / PRIOR));
            bias.set(start);
        }
    }

    /**
     * The training forward pass, to be called while a gradient collector is open.
     *
     * @param patches shape {@code [N, P, P, 3]}, uint8
     * @param gains shape {@code [N, 1]}: what each normalised patch is multiplied by
     * @param shifts shape {@code [N, 3]}: what is added to its channels then
     * @return shape {@code [N, classes (+ 4)]}: class logits, then box offsets divided by their scale
     */
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

    /** Parameters and running statistics by name, in a fixed order. */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    /** How many numbers are learned. */
    public long parameterCount() {
        return parameters.values().stream()
                .filter(Parameter::requiresGradient)
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
    }

    /** Writes all parameters as NumPy arrays in a zip ({@code .npz}), by name. */
    public void write(OutputStream out) throws IOException {
        NamedArrays.write(arrays(), out);
    }

    /**
     * Takes over the parameters that {@link #write} wrote.
     *
     * @throws IOException if they cannot be read or are those of another architecture
     */
    public void restore(InputStream weights) throws IOException {
        NamedArrays.restore(arrays(), weights, manager);
    }

    private Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        return arrays;
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

    public int classes() {
        return classes;
    }

    public boolean predictsOffsets() {
        return architecture.boxRegression();
    }

    public Normalization normalization() {
        return normalization;
    }

    /** Where the parameters live; children of it hold what a step needs. */
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
