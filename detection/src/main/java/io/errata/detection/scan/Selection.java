package io.errata.detection.scan;

import org.jspecify.annotations.Nullable;

/**
 * Which windows of some levels of equal grids are to come back. A window's index counts level by level, then row by row.
 *
 * @param threshold the score that a window's best class must exceed, in [0, 1)
 * @param most how many of each level come back at most, those with the largest scores
 * @param wanted shape {@code [levels, rows, columns]}: 1 for the windows to consider, 0 for the others; {@code null} for all
 * @param watched indices of windows whose scores come back whatever they are
 */
public record Selection(double threshold, int most, byte @Nullable [] wanted, int[] watched) {

    private static final int[] NONE = {};

    public Selection {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold must be in [0, 1), found " + threshold);
        }
        if (most < 1) {
            throw new IllegalArgumentException("most must be ≥ 1, found " + most);
        }
    }

    /** All windows above a threshold, at most so many of each level. */
    public static Selection above(double threshold, int most) {
        return new Selection(threshold, most, null, NONE);
    }

    boolean wants(int window) {
        return wanted == null || wanted[window] != 0;
    }
}
