package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A network over crops for inference alone, with its batch normalisations worked into the convolutions. A copy: the network it was made
 * of may go on learning. Safe to use from several threads. Close it.
 */
public final class FoldedCropNetwork implements AutoCloseable {

    private final NDManager manager;
    private final CropArchitecture architecture;
    private final int classes;
    private final Normalization normalization;
    private final CropBlock.Folded layers;

    FoldedCropNetwork(
            NDManager manager,
            CropArchitecture architecture,
            int classes,
            Normalization normalization,
            CropBlock.Folded layers) {
        this.manager = manager;
        this.architecture = architecture;
        this.classes = classes;
        this.normalization = normalization;
        this.layers = layers;
    }

    /**
     * Looks at crops, as they are and mirrored left to right.
     *
     * @param crops shape {@code [N, side, side, 3 · views]}, uint8
     * @return shape {@code [2, N, classes + 4]}: class logits, then box offsets divided by their scale; those of the mirrored crops are
     *     mirrored, too
     */
    public NDArray infer(NDArray crops) {
        long count = crops.getShape().get(0);
        NDArray both = crops.concat(crops.flip(2), 0);
        return layers.apply(normalization.apply(both)).reshape(2, count, -1);
    }

    public CropArchitecture architecture() {
        return architecture;
    }

    public int classes() {
        return classes;
    }

    /** Owns the weights; children of it hold what is inferred. */
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
