package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.SampledClassCounts;

/**
 * {@code loss: {type: logit_adjusted}}: binary cross-entropy of logits moved by their class's prior, for scores as of balanced data (Menon et al.
 * 2020, arXiv 2007.07314).
 *
 * @param tau how far, in [0, 10]; default 1
 */
public record LogitAdjustedSettings(double tau) implements LossSettings {

    public LogitAdjustedSettings {
        new ArgumentChecks()
                .require(tau >= 0 && tau <= 10, "tau", "must be in [0, 10]", tau)
                .verify();
    }

    /** τ 1. */
    public static LogitAdjustedSettings withDefaults() {
        return new LogitAdjustedSettings(1);
    }

    @Override
    public String type() {
        return "logit_adjusted";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        return LogitAdjustedLoss.sigmoid(seen.objects(), seen.examples(), tau);
    }
}
