package io.errata.mining.config;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.FocalLoss;

/**
 * {@code loss: {type: focal}}: binary focal loss of each class (Lin et al. 2017, arXiv 1708.02002).
 *
 * @param alpha weight of the positives, that of the negatives being 1 − α, in (0, 1); default 0.25
 * @param gamma how much easy examples are turned down, in [0, 10]; 0 is weighted cross-entropy; default 2
 * @param box the loss of the boxes; default smooth L1
 */
public record FocalSettings(double alpha, double gamma, BoxLossSettings box) implements LossSettings {

    public FocalSettings {
        new Rules()
                .require(alpha > 0 && alpha < 1, "alpha", "must be in (0, 1)", alpha)
                .require(gamma >= 0 && gamma <= 10, "gamma", "must be in [0, 10]", gamma)
                .verify();
    }

    /** α 0.25, γ 2. */
    public static FocalSettings defaults() {
        return new FocalSettings(0.25, 2, BoxLossSettings.defaults());
    }

    @Override
    public ClassificationLoss classification(SeenCounts seen) {
        return FocalLoss.of(alpha, gamma);
    }
}
