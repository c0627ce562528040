package io.errata.mining.policy;

import io.errata.core.problem.ArgumentChecks;
import io.errata.detection.scan.ScoredWindows;

/**
 * {@code mining.policy: {type: without_overlaps}}: greedy non-maximum suppression among the windows of an image, whatever their class.
 *
 * @param nmsIou of windows that overlap by more than this IoU only the highest-scored one is taken, in (0, 1]; default 0.5
 */
public record WithoutOverlaps(double nmsIou) implements NamedPolicy {

    public WithoutOverlaps {
        ArgumentChecks.check(nmsIou > 0 && nmsIou <= 1, "nmsIou", "must be in (0, 1]", nmsIou);
    }

    /** Suppression at 0.5. */
    public static WithoutOverlaps withDefaults() {
        return new WithoutOverlaps(0.5);
    }

    @Override
    public String type() {
        return "without_overlaps";
    }

    @Override
    public ScoredWindows choose(ScoredWindows candidates, WindowHistory history) {
        return candidates.suppressing(nmsIou);
    }
}
