package io.errata.datasets.image;

/**
 * How large an image is.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record ImageSize(int width, int height) {

    public ImageSize {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("width and height must be > 0, found " + width + " × " + height);
        }
    }

    /** {@code width × height}. */
    @Override
    public String toString() {
        return width + " × " + height;
    }
}
