package io.errata.datasets.image;

import static java.util.Objects.requireNonNull;

/**
 * An image in memory, shape {@code [height, width, 3]}: red, green and blue bytes, interleaved, row by row, without gaps.
 * The array is shared, not copied; whoever fills it hands it over.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code 3 · width · height} unsigned bytes
 */
public record Pixels(int width, int height, byte[] rgb) {

    public Pixels {
        requireNonNull(rgb, "rgb");
        if (width <= 0 || height <= 0 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "rgb must hold 3 bytes for each of " + width + " × " + height + " pixels, found " + rgb.length);
        }
    }
}
