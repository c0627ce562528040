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
 * @param bits how many of their 16 bits images of 16 bits use, from 8 to 16; default {@value #UNSAID_BITS}, that nothing is said of it
 */
public record Limits(boolean outside, long maxPixels, long maxBytes, int bits) {

    /** What one array of pixels can hold. */
    public static final long PIXEL_LIMIT = Integer.MAX_VALUE / 3 - 8;

    /** That nobody said how many bits images of 16 bits use. */
    public static final int UNSAID_BITS = 0;

    private static final long DEFAULT_BYTES = 64L << 20;
    private static final Limits DEFAULTS = new Limits(false, ImageFile.MAX_PIXELS, DEFAULT_BYTES, UNSAID_BITS);

    public Limits {
        new ArgumentChecks()
                .require(
                        maxPixels >= 1 && maxPixels <= PIXEL_LIMIT,
                        "maxPixels",
                        "must be in [1, " + PIXEL_LIMIT + "]",
                        maxPixels)
                .require(maxBytes >= 1, "maxBytes", "must be ≥ 1", maxBytes)
                .require(
                        bits == UNSAID_BITS || (bits >= ImageFile.FEWEST_BITS && bits <= ImageFile.ALL_BITS),
                        "bits",
                        "must be in [" + ImageFile.FEWEST_BITS + ", " + ImageFile.ALL_BITS + "]",
                        bits)
                .verify();
    }

    /** Nothing outside, images of 200 megapixels, texts of 64 MiB. */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /** The same, with files outside the set's folder allowed. */
    public Limits allowingOutside() {
        return new Limits(true, maxPixels, maxBytes, bits);
    }

    /** The same, for images of this size. */
    public Limits withMaxPixels(long pixels) {
        return new Limits(outside, pixels, maxBytes, bits);
    }

    /** The same, for texts of this size. */
    public Limits withMaxBytes(long bytes) {
        return new Limits(outside, maxPixels, bytes, bits);
    }

    /** The same, for images of which so many of 16 bits are used. */
    public Limits withBits(int used) {
        return new Limits(outside, maxPixels, maxBytes, used);
    }
}
