package io.errata.mining.policy;

import io.errata.core.problem.ArgumentChecks;
import io.errata.detection.scan.ScoredWindows;

/** A policy with other bounds on what it is handed. */
record BoundedPolicy(MiningPolicy policy, double threshold, int candidatesPerImage) implements MiningPolicy {

    BoundedPolicy {
        new ArgumentChecks()
                .require(threshold >= 0 && threshold < 1, "threshold", "must be in [0, 1)", threshold)
                .require(candidatesPerImage >= 1, "candidatesPerImage", "must be ≥ 1", candidatesPerImage)
                .verify();
    }

    @Override
    public ScoredWindows choose(ScoredWindows candidates, WindowHistory history) {
        return policy.choose(candidates, history);
    }
}
