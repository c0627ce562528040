package io.errata.detection.scan;

import io.errata.core.problem.ArgumentChecks;
import org.jspecify.annotations.Nullable;

/**
 * Which windows of some levels of equal grids are to come back. A window's index counts level by level, then row by row.
 *
 * @param threshold the score that a window's best class must exceed, in [0, 1)
 * @param maxPerLevel how many of each level come back at most, those with the largest scores
 * @param mask shape {@code [levels, rows, columns]}: 1 for the windows to consider, 0 for the others; {@code null} for all
 * @param tracked indices of windows whose scores come back whatever they are
 */
public record Selection(double threshold, int maxPerLevel, byte @Nullable [] mask, int[] tracked) {

    private static final int[] NONE = {};

    public Selection {
        new ArgumentChecks()
                .require(threshold >= 0 && threshold < 1, "threshold", "must be in [0, 1)", threshold)
                .require(maxPerLevel >= 1, "maxPerLevel", "must be ≥ 1", maxPerLevel)
                .verify();
    }

    /** All windows above a threshold, at most so many of each level. */
    public static Selection above(double threshold, int maxPerLevel) {
        return new Selection(threshold, maxPerLevel, null, NONE);
    }

    boolean wants(int window) {
        return mask == null || mask[window] != 0;
    }
}
