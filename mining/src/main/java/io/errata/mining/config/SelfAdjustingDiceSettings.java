package io.errata.mining.config;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.SelfAdjustingDiceLoss;

/**
 * {@code loss: {type: dsc}}: self-adjusting dice loss of each number (Li et al. 2019, arXiv 1911.02855).
 *
 * @param alpha how much easy examples are turned down, in [0, 10]; default 1
 * @param smoothing added to numerator and denominator, in [0, 1000]; default 1
 * @param box the loss of the boxes; default smooth L1
 */
public record SelfAdjustingDiceSettings(double alpha, double smoothing, BoxLossSettings box) implements LossSettings {

    public SelfAdjustingDiceSettings {
        new Rules()
                .require(alpha >= 0 && alpha <= 10, "alpha", "must be in [0, 10]", alpha)
                .require(smoothing >= 0 && smoothing <= 1000, "smoothing", "must be in [0, 1000]", smoothing)
                .verify();
    }

    /** α 1, smoothing 1. */
    public static SelfAdjustingDiceSettings defaults() {
        return new SelfAdjustingDiceSettings(1, 1, BoxLossSettings.defaults());
    }

    @Override
    public ClassificationLoss classification(SeenCounts seen) {
        return SelfAdjustingDiceLoss.of(alpha, smoothing);
    }
}
