package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.errata.detection.scan.WindowNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * A network for inference alone: normalisation of pixels and batches worked into the convolutions, no gradients. A copy: the network it
 * was made of may go on learning. Close it.
 */
public final class FoldedNetwork implements WindowNetwork, AutoCloseable {

    private final NDManager manager;
    private final List<FoldedLayer> layers = new ArrayList<>();
    private final int patch;
    private final int stride;
    private final int classes;
    private final boolean predictsOffsets;

    FoldedNetwork(NDManager manager, Network network, List<ConvolutionBlock> blocks) {
        this.manager = manager;
        this.patch = network.patch();
        this.stride = network.stride();
        this.classes = network.classes();
        this.predictsOffsets = network.predictsOffsets();
        for (ConvolutionBlock block : blocks) {
            FoldedLayer layer = block.fold(manager);
            layers.add(layers.isEmpty() ? layer.withInput(network.normalization()) : layer);
        }
    }

    @Override
    public NDArray infer(NDArray images) {
        try (NDArray features = features(images)) {
            return layers.get(layers.size() - 1).apply(features);
        }
    }

    /**
     * The activations that the head, the last layer, sees: all that the network knows of a window before it decides.
     *
     * @param images shape {@code [B, H, W, 3]}, uint8, on the manager's device
     * @return shape {@code [B, featureCount, (H − patch) / stride + 1, (W − patch) / stride + 1]}, float32, ≥ 0
     */
    public NDArray features(NDArray images) {
        NDArray values = Normalization.channelsFirst(images);
        for (FoldedLayer layer : layers.subList(0, layers.size() - 1)) {
            NDArray next = layer.apply(values);
            values.close();
            values = next;
        }
        return values;
    }

    /** How many activations of a window the head sees. */
    public int featureCount() {
        return Math.toIntExact(layers.get(layers.size() - 1).weight().getShape().get(1));
    }

    List<FoldedLayer> layers() {
        return layers;
    }

    @Override
    public int patch() {
        return patch;
    }

    @Override
    public int stride() {
        return stride;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public boolean predictsOffsets() {
        return predictsOffsets;
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
