package io.errata.datasets.window;

/**
 * The object size, in pixels of the original image, that the windows of one level frame.
 *
 * @param width in pixels, &gt; 0
 * @param height in pixels, &gt; 0
 */
public record WindowShape(double width, double height) {

    public WindowShape {
        if (!(width > 0 && height > 0 && Double.isFinite(width) && Double.isFinite(height))) {
            throw new IllegalArgumentException(
                    "width and height must be finite and > 0, found " + width + " × " + height);
        }
    }

    /** The shape of this size (the root of its area) and aspect ratio (width over height). */
    public static WindowShape of(double size, double aspect) {
        double root = Math.sqrt(aspect);
        return new WindowShape(size * root, size / root);
    }

    /** The root of the area, in pixels. */
    public double size() {
        return Math.sqrt(width * height);
    }

    /** Width over height. */
    public double aspect() {
        return width / height;
    }
}
