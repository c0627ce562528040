package io.errata.mining.policy;

import io.errata.detection.scan.ScoredWindows;
import java.util.List;

/**
 * Chooses the negatives to learn from. A pure function, called once for each image of a scan, so that memory does not grow with the
 * corpus. May be a lambda; one that is to be named in a configuration is a {@link NamedPolicy}.
 */
@FunctionalInterface
public interface MiningPolicy {

    /**
     * The windows to train on.
     *
     * @param candidates held-out negatives of one image with a score above {@link #threshold}, by descending score, at most
     *     {@link #candidatesPerImage}
     * @param history what is known of the windows of this image that were mined before
     * @return those to train on, a subset of {@code candidates}
     */
    ScoredWindows choose(ScoredWindows candidates, WindowHistory history);

    /**
     * The score above which a held-out negative counts as hard, in [0, 1): no other window is handed to {@link #choose}. By default 0.1, so
     * that a policy written as a lambda sees what it asks for.
     */
    default double threshold() {
        return 0.1;
    }

    /** How many windows of one image are handed to {@link #choose} at most, those with the largest scores; ≥ 1. By default 4,000. */
    default int candidatesPerImage() {
        return 4000;
    }

    /** This policy with another threshold, in [0, 1), and another limit of candidates, ≥ 1. */
    default MiningPolicy within(double newThreshold, int newCandidatesPerImage) {
        return new BoundedPolicy(this, newThreshold, newCandidatesPerImage);
    }

    /**
     * Several policies one after the other: each chooses among what the one before left. The candidates are those of the first.
     *
     * @param policies at least one
     * @throws IllegalArgumentException if there is none, or if two of them limit how many windows an image gives
     */
    static MiningPolicy composed(List<? extends MiningPolicy> policies) {
        return policies.size() == 1 ? policies.get(0) : new ComposedPolicy(List.copyOf(policies));
    }
}
