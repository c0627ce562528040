package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/**
 * A convolution for inference, and perhaps a rectifier.
 *
 * @param weight shape {@code [filters, channels, kernel, kernel]}
 * @param bias shape {@code [filters]}
 * @param stride in pixels of the input
 * @param padding zeros about the input, on each side
 * @param rectified whether negative outputs become 0
 */
record FoldedLayer(NDArray weight, NDArray bias, int stride, int padding, boolean rectified) {

    NDArray apply(NDArray input) {
        NDArray output = Conv2d.conv2d(input, weight, bias, new Shape(stride, stride), new Shape(padding, padding))
                .singletonOrThrow();
        return rectified ? output.getNDArrayInternal().relu() : output;
    }

    /** The same layer on inputs that are not normalised, where it adds no padding. */
    FoldedLayer withInput(Normalization normalization) {
        NDArray scaled = weight.div(normalization.scale());
        NDArray moved = bias.sub(scaled.sum(new int[] {1, 2, 3}).mul(normalization.mean()));
        return new FoldedLayer(scaled, moved, stride, padding, rectified);
    }
}
