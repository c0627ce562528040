package io.errata.datasets.image;

import org.opencv.core.Core;
import org.opencv.core.Mat;

/**
 * How a stored picture is turned to be shown, as EXIF numbers it. A header's reader finds it and the decoded pixels are turned by it, so
 * that a size told without decoding and the pixels never disagree.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_RIGHT(true, true, false),
    TRANSVERSED(true, true, true),
    TURNED_LEFT(true, false, true);

    private final boolean transposed;
    private final boolean flippedSideways;
    private final boolean flippedUpright;

    /** First transposed, then flipped. */
    Orientation(boolean transposed, boolean flippedSideways, boolean flippedUpright) {
        this.transposed = transposed;
        this.flippedSideways = flippedSideways;
        this.flippedUpright = flippedUpright;
    }

    /** The one of this number from 1 to 8; any other number means nothing. */
    static Orientation of(long number) {
        return number >= 1 && number <= 8 ? values()[(int) number - 1] : UPRIGHT;
    }

    /** Whether width and height change places. */
    boolean swapsSides() {
        return transposed;
    }

    /** Turns the picture in its place. */
    void apply(Mat image) {
        if (transposed) {
            Core.transpose(image, image);
        }
        if (flippedSideways || flippedUpright) {
            Core.flip(image, image, flippedSideways ? (flippedUpright ? -1 : 1) : 0);
        }
    }
}
