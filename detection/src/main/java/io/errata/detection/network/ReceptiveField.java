package io.errata.detection.network;

import java.util.List;

/**
 * What one output of a stack of unpadded convolutions sees of the input, and how far apart neighbouring outputs look.
 *
 * @param side in input pixels
 * @param stride in input pixels
 */
public record ReceptiveField(int side, int stride) {

    /** Of layers applied one after another. */
    public static ReceptiveField of(List<Layer> layers) {
        int side = 1;
        int stride = 1;
        for (Layer layer : layers) {
            side += (layer.kernel() - 1) * stride;
            stride *= layer.stride();
        }
        return new ReceptiveField(side, stride);
    }

    /**
     * An unpadded convolution.
     *
     * @param filters output channels
     * @param kernel the side of its kernel
     * @param stride in pixels of its input
     */
    public record Layer(int filters, int kernel, int stride) {}
}
