package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.SampledClassCounts;

/**
 * {@code loss: {type: dice}}: Dice loss of each class over the batch (Milletari et al. 2016, arXiv 1606.04797).
 *
 * @param smoothing added to numerator and denominator, in [0, 1000]; default 1
 */
public record DiceSettings(double smoothing) implements LossSettings {

    public DiceSettings {
        new ArgumentChecks()
                .require(smoothing >= 0 && smoothing <= 1000, "smoothing", "must be in [0, 1000]", smoothing)
                .verify();
    }

    /** Smoothing 1. */
    public static DiceSettings withDefaults() {
        return new DiceSettings(1);
    }

    @Override
    public String type() {
        return "dice";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        return DiceLoss.of(smoothing);
    }
}
