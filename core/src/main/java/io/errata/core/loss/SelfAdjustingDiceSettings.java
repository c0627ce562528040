package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.SampledClassCounts;

/**
 * {@code loss: {type: dsc}}: self-adjusting dice loss of each number (Li et al. 2019, arXiv 1911.02855).
 *
 * @param alpha how much easy examples are turned down, in [0, 10]; default 1
 * @param smoothing added to numerator and denominator, in [0, 1000]; default 1
 */
public record SelfAdjustingDiceSettings(double alpha, double smoothing) implements LossSettings {

    public SelfAdjustingDiceSettings {
        new ArgumentChecks()
                .require(alpha >= 0 && alpha <= 10, "alpha", "must be in [0, 10]", alpha)
                .require(smoothing >= 0 && smoothing <= 1000, "smoothing", "must be in [0, 1000]", smoothing)
                .verify();
    }

    /** α 1, smoothing 1. */
    public static SelfAdjustingDiceSettings withDefaults() {
        return new SelfAdjustingDiceSettings(1, 1);
    }

    @Override
    public String type() {
        return "dsc";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        return SelfAdjustingDiceLoss.of(alpha, smoothing);
    }
}
