package io.errata.mining.policy;

import io.errata.detection.scan.ScoredWindows;
import io.errata.mining.ledger.Ledger;

/**
 * Chooses the negatives to learn from. Called once for each image of a scan, so that memory does not grow with the corpus; the windows
 * are all those of the image that came back, by descending score.
 */
@FunctionalInterface
public interface MiningPolicy {

    /**
     * The windows to train on.
     *
     * @param windows held-out negatives of one image that were scored too high
     * @param ledger what is known of negatives mined before
     * @return those to train on, a subset
     */
    ScoredWindows choose(ScoredWindows windows, Ledger ledger);

    /**
     * The score above which a window is hard and looked at at all, in [0, 1): what a scan brings back. By default 0.1, so that a policy
     * written as a lambda sees what it asks for.
     */
    default double threshold() {
        return 0.1;
    }

    /** How many windows of one image are looked at at most. */
    default int candidatesPerImage() {
        return 4000;
    }
}
