package io.errata.mining.config;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.GhmClassification;

/**
 * {@code loss: {type: ghm}}: binary cross-entropy weighted by gradient density, GHM-C (Li et al. 2018, arXiv 1811.05181).
 *
 * @param bins how finely gradient norms are told apart, in [1, 1000]; default 30
 * @param momentum how much of the former steps' counts remains, in [0, 1); default 0.75
 * @param box the loss of the boxes; default smooth L1
 */
public record GhmSettings(int bins, double momentum, BoxLossSettings box) implements LossSettings {

    public GhmSettings {
        new Rules()
                .require(bins >= 1 && bins <= 1000, "bins", "must be in [1, 1000]", bins)
                .require(momentum >= 0 && momentum < 1, "momentum", "must be in [0, 1)", momentum)
                .verify();
    }

    /** Thirty bins, momentum 0.75. */
    public static GhmSettings defaults() {
        return new GhmSettings(30, 0.75, BoxLossSettings.defaults());
    }

    @Override
    public ClassificationLoss classification(SeenCounts seen) {
        return momentum == 0
                ? GhmClassification.of(bins)
                : GhmClassification.of(bins).withMomentum(momentum);
    }
}
