package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * How bytes become numbers about zero: {@code (pixel − mean) / scale}.
 *
 * @param mean of the pixels, 0 to 255
 * @param scale their spread, &gt; 0
 */
public record Normalization(float mean, float scale) {

    public Normalization {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("scale must be > 0, found " + scale);
        }
    }

    /** Mean 118, scale 60. */
    public static Normalization withDefaults() {
        return new Normalization(118, 60);
    }

    /**
     * Normalised images in the layout of convolutions; the bytes need no gradient.
     *
     * @param images shape {@code [B, H, W, 3]}, uint8
     * @return shape {@code [B, 3, H, W]}, float32, laid out channels last
     */
    NDArray apply(NDArray images) {
        return channelsFirst(images).sub(mean).mul(1 / scale);
    }

    /** The same values as floats, not normalised: shape {@code [B, 3, H, W]}. */
    static NDArray channelsFirst(NDArray images) {
        return images.transpose(0, 3, 1, 2).toType(DataType.FLOAT32, false);
    }
}
