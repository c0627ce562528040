package io.errata.datasets.image;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;

/**
 * An image in memory, shape {@code [height, width, 3]}: red, green and blue bytes, interleaved, row by row, without gaps.
 * The array is shared, not copied; the caller must not change it afterwards.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code 3 · width · height} unsigned bytes
 */
public record Pixels(int width, int height, byte[] rgb) {

    public Pixels {
        requireNonNull(rgb, "rgb");
        new ArgumentChecks()
                .require(width > 0, "width", "must be > 0", width)
                .require(height > 0, "height", "must be > 0", height)
                .require(
                        rgb.length == 3L * width * height,
                        "rgb",
                        "must hold 3 bytes for each of " + width + " × " + height + " pixels",
                        rgb.length)
                .verify();
    }
}
