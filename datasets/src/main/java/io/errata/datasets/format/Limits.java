package io.errata.datasets.format;

import io.errata.core.problem.ArgumentChecks;
import io.errata.datasets.image.ImageFile;

/**
 * How far a data set is trusted.
 *
 * @param outside whether its files may lie outside its folder, by {@code ../}, an absolute name or a symbolic link; default no
 * @param maxPixels the most pixels that an image may declare, at least 1 and at most {@value #PIXEL_LIMIT}; default
 *     {@value ImageFile#MAX_PIXELS}
 * @param maxBytes the most bytes of a file of text that is read at once, which all but COCO's are; at least 1, default
 *     {@value #DEFAULT_BYTES}
 */
public record Limits(boolean outside, long maxPixels, long maxBytes) {

    /** What one array of pixels can hold. */
    public static final long PIXEL_LIMIT = Integer.MAX_VALUE / 3 - 8;

    private static final long DEFAULT_BYTES = 64L << 20;
    private static final Limits DEFAULTS = new Limits(false, ImageFile.MAX_PIXELS, DEFAULT_BYTES);

    public Limits {
        new ArgumentChecks()
                .require(
                        maxPixels >= 1 && maxPixels <= PIXEL_LIMIT,
                        "maxPixels",
                        "must be in [1, " + PIXEL_LIMIT + "]",
                        maxPixels)
                .require(maxBytes >= 1, "maxBytes", "must be ≥ 1", maxBytes)
                .verify();
    }

    /** Nothing outside, images of 200 megapixels, texts of 64 MiB. */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /** The same, with files outside the set's folder allowed. */
    public Limits allowingOutside() {
        return new Limits(true, maxPixels, maxBytes);
    }

    /** The same, for images of this size. */
    public Limits withMaxPixels(long pixels) {
        return new Limits(outside, pixels, maxBytes);
    }

    /** The same, for texts of this size. */
    public Limits withMaxBytes(long bytes) {
        return new Limits(outside, maxPixels, bytes);
    }
}
