package io.errata.detection.scan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** What a scorer needs of a network: its geometry and its forward pass for inference. */
public interface WindowNetwork {

    /** The side of a patch in pixels: the receptive field of one output. */
    int patch();

    /** Pixels between the receptive fields of neighbouring outputs. */
    int stride();

    int classes();

    /** Whether four box offsets follow the class scores. */
    boolean predictsOffsets();

    /** Where the parameters live and images must be sent; children of it hold what a call needs. */
    NDManager manager();

    /**
     * Class logits, then box offsets divided by their scale.
     *
     * @param images shape {@code [B, H, W, 3]}, uint8, on the manager's device
     * @return shape {@code [B, classes (+ 4), (H − patch) / stride + 1, (W − patch) / stride + 1]}, float32
     */
    NDArray infer(NDArray images);
}
