package io.errata.core.mixing;

import io.errata.core.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * One patch that is mixed with another.
 *
 * @param receiver its index in the batch
 * @param giver the index of the other patch, whose pixels are taken as they were before any mixing
 * @param lambda λ, the receiver's share: of every pixel where there is no cut, else of the pixels; in [0.5, 1)
 * @param cut the part of the patch that is the giver's alone, whole pixels [x1, x2) × [y1, y2), or {@code null} where
 *     every pixel is blended
 * @param giverCounts whether the giver's label counts with 1 − λ; else so little of its object is seen that its part
 *     is background
 */
public record Mix(
        int receiver, int giver, double lambda, @Nullable Box cut, boolean giverCounts) {}
