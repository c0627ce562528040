package io.errata.mining.config;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.DiceLoss;

/**
 * {@code loss: {type: dice}}: Dice loss of each class over the batch (Milletari et al. 2016, arXiv 1606.04797).
 *
 * @param smoothing added to numerator and denominator, in [0, 1000]; default 1
 * @param box the loss of the boxes; default smooth L1
 */
public record DiceSettings(double smoothing, BoxLossSettings box) implements LossSettings {

    public DiceSettings {
        new Rules()
                .require(smoothing >= 0 && smoothing <= 1000, "smoothing", "must be in [0, 1000]", smoothing)
                .verify();
    }

    /** Smoothing 1. */
    public static DiceSettings defaults() {
        return new DiceSettings(1, BoxLossSettings.defaults());
    }

    @Override
    public ClassificationLoss classification(SeenCounts seen) {
        return DiceLoss.of(smoothing);
    }
}
