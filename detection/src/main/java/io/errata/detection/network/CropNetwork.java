package io.errata.detection.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.errata.detection.engine.EngineEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A residual network over crops of boxes: class logits (multi-label) and class-agnostic offsets of the object's box in terms of the box
 * that was cut out. Owns its parameters, on one device. Close it.
 */
public final class CropNetwork implements TrainableNetwork, AutoCloseable {

    /** The probability that an untrained network gives every class: a tenth of what it is shown are objects of a class. */
    private static final double PRIOR = 0.1;

    private final CropArchitecture architecture;
    private final int classes;
    private final Normalization normalization = Normalization.withDefaults();
    private final NDManager manager;
    private final CropBlock block;
    private final ParameterStore parameterStore;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private CropNetwork(CropArchitecture architecture, int classes, Device device) {
        this.architecture = architecture;
        this.classes = classes;
        this.manager = EngineEnvironment.newManager(device);
        this.block = new CropBlock(architecture, classes);
        Shape input = new Shape(1, architecture.channels(), architecture.side(), architecture.side());
        block.initialize(manager, DataType.FLOAT32, input);
        for (Pair<String, Parameter> parameter : block.getParameters()) {
            parameters.put(parameter.getKey(), parameter.getValue());
        }
        this.parameterStore = new ParameterStore(manager, false);
    }

    /**
     * A network with random parameters.
     *
     * @param seed same seed, same parameters
     */
    public static CropNetwork create(CropArchitecture architecture, int classes, long seed, Device device) {
        CropNetwork network = new CropNetwork(architecture, classes, device);
        network.block.draw(new SplittableRandom(seed), PRIOR);
        return network;
    }

    /**
     * A network with parameters written by {@link #write}.
     *
     * @throws IOException if they cannot be read or are those of another architecture
     */
    public static CropNetwork read(CropArchitecture architecture, int classes, InputStream weights, Device device)
            throws IOException {
        CropNetwork network = new CropNetwork(architecture, classes, device);
        try {
            network.restore(weights);
            return network;
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** @param patches shape {@code [N, side, side, 3 · views]}, uint8 */
    @Override
    public NDArray forward(NDArray patches, NDArray gains, NDArray shifts) {
        NDArray each = NDArrays.concat(
                new NDList(Collections.nCopies(architecture.views().size(), shifts)), 1);
        NDArray images = normalization
                .apply(patches)
                .mul(gains.reshape(-1, 1, 1, 1))
                .add(each.reshape(-1, architecture.channels(), 1, 1));
        NDArray outputs =
                block.forward(parameterStore, new NDList(images), true).singletonOrThrow();
        return outputs.reshape(outputs.getShape().get(0), -1);
    }

    /** This network as it is now, made fast for inference; the caller closes it. */
    public FoldedCropNetwork fold() {
        NDManager own = manager.newSubManager();
        return new FoldedCropNetwork(own, architecture, classes, normalization, block.fold(own));
    }

    public CropArchitecture architecture() {
        return architecture;
    }

    @Override
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    @Override
    public int classes() {
        return classes;
    }

    /** Always. */
    @Override
    public boolean predictsOffsets() {
        return true;
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        block.clear();
        manager.close();
    }
}
