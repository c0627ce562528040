package io.errata.mining.config;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.LogitAdjustedLoss;

/**
 * {@code loss: {type: logit_adjusted}}: binary cross-entropy of logits moved by their class's prior, for scores as of balanced data (Menon et al.
 * 2020, arXiv 2007.07314).
 *
 * @param tau how far, in [0, 10]; default 1
 * @param box the loss of the boxes; default smooth L1
 */
public record LogitAdjustedSettings(double tau, BoxLossSettings box) implements LossSettings {

    public LogitAdjustedSettings {
        new Rules()
                .require(tau >= 0 && tau <= 10, "tau", "must be in [0, 10]", tau)
                .verify();
    }

    /** τ 1. */
    public static LogitAdjustedSettings defaults() {
        return new LogitAdjustedSettings(1, BoxLossSettings.defaults());
    }

    @Override
    public ClassificationLoss classification(SeenCounts seen) {
        return LogitAdjustedLoss.sigmoid(seen.objects(), seen.examples(), tau);
    }
}
