package io.errata.datasets.format;

import io.errata.datasets.image.ImageFile;

/**
 * How far a data set is trusted.
 *
 * @param outside whether its files may lie outside its folder, by {@code ../}, an absolute name or a symbolic link; default no
 * @param maxPixels the most pixels that an image may declare, at least 1 and at most {@value #MOST_PIXELS}; default
 *     {@value ImageFile#MAX_PIXELS}
 * @param maxBytes the most bytes of a file of text that is read at once, which all but COCO's are; at least 1, default
 *     {@value #DEFAULT_BYTES}
 */
public record Limits(boolean outside, long maxPixels, long maxBytes) {

    /** What one array of pixels can hold. */
    public static final long MOST_PIXELS = Integer.MAX_VALUE / 3 - 8;

    private static final long DEFAULT_BYTES = 64L << 20;
    private static final Limits DEFAULTS = new Limits(false, ImageFile.MAX_PIXELS, DEFAULT_BYTES);

    public Limits {
        if (maxPixels < 1 || maxPixels > MOST_PIXELS || maxBytes < 1) {
            throw new IllegalArgumentException("maxPixels must be in [1, " + MOST_PIXELS + "] and maxBytes > 0, found "
                    + maxPixels + " and " + maxBytes);
        }
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
