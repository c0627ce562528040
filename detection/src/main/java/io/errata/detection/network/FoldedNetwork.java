package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.errata.mining.scan.WindowNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * A network for inference alone: normalisation of pixels and batches worked into the convolutions, no gradients. A copy: the network it
 * was made of may go on learning. Close it.
 */
public final class FoldedNetwork implements WindowNetwork {

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
        NDArray values = Normalization.channelsFirst(images);
        for (FoldedLayer layer : layers) {
            NDArray next = layer.apply(values);
            values.close();
            values = next;
        }
        return values;
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
