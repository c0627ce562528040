package io.errata.mining.policy;

import io.errata.core.problem.ArgumentChecks;
import io.errata.detection.scan.ScoredWindows;
import java.util.List;

/** Policies one after the other. */
record ComposedPolicy(List<MiningPolicy> policies) implements MiningPolicy {

    ComposedPolicy {
        List<String> limits = NamedPolicy.limits(policies);
        new ArgumentChecks()
                .require(!policies.isEmpty(), "policies", "must name at least one", policies)
                .require(limits.size() < 2, "policies", "must limit the windows of an image once", limits)
                .verify();
    }

    @Override
    public ScoredWindows choose(ScoredWindows candidates, WindowHistory history) {
        ScoredWindows chosen = candidates;
        for (MiningPolicy policy : policies) {
            chosen = policy.choose(chosen, history);
        }
        return chosen;
    }

    @Override
    public double threshold() {
        return policies.get(0).threshold();
    }

    @Override
    public int candidatesPerImage() {
        return policies.get(0).candidatesPerImage();
    }
}
