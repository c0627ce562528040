package io.errata.datasets.image;

import io.errata.core.problem.ArgumentChecks;

/**
 * How large an image is.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record ImageSize(int width, int height) {

    public ImageSize {
        new ArgumentChecks()
                .require(width > 0, "width", "must be > 0", width)
                .require(height > 0, "height", "must be > 0", height)
                .verify();
    }

    /** {@code width × height}. */
    @Override
    public String toString() {
        return width + " × " + height;
    }
}
