package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.SampledClassCounts;

/**
 * {@code loss: {type: ghm}}: binary cross-entropy weighted by gradient density, GHM-C (Li et al. 2018, arXiv 1811.05181).
 *
 * @param bins how finely gradient norms are told apart, in [1, 1000]; default 30
 * @param momentum how much of the former steps' counts remains, in [0, 1); default 0.75
 */
public record GhmSettings(int bins, double momentum) implements LossSettings {

    public GhmSettings {
        new ArgumentChecks()
                .require(bins >= 1 && bins <= 1000, "bins", "must be in [1, 1000]", bins)
                .require(momentum >= 0 && momentum < 1, "momentum", "must be in [0, 1)", momentum)
                .verify();
    }

    /** Thirty bins, momentum 0.75. */
    public static GhmSettings withDefaults() {
        return new GhmSettings(30, 0.75);
    }

    @Override
    public String type() {
        return "ghm";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        return momentum == 0
                ? GhmClassification.of(bins)
                : GhmClassification.of(bins).withMomentum(momentum);
    }
}
