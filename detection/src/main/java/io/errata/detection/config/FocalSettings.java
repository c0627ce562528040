package io.errata.detection.config;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.FocalLoss;

/**
 * {@code loss: {type: focal}}: binary focal loss on logits (Lin et al. 2017, arXiv 1708.02002).
 *
 * @param alpha weight of the positives, that of the negatives being 1 − α, in (0, 1); default 0.25
 * @param gamma how much easy examples are turned down, in [0, 10]; 0 is weighted cross-entropy; default 2
 * @param boxWeight the box regression's weight in the loss, in [0, 100]; default 0.25
 */
public record FocalSettings(double alpha, double gamma, double boxWeight) implements LossSettings {

    public FocalSettings {
        new Rules()
                .require(alpha > 0 && alpha < 1, "alpha", "must be in (0, 1)", alpha)
                .require(gamma >= 0 && gamma <= 10, "gamma", "must be in [0, 10]", gamma)
                .require(boxWeight >= 0 && boxWeight <= 100, "boxWeight", "must be in [0, 100]", boxWeight)
                .verify();
    }

    /** α 0.25, γ 2. */
    public static FocalSettings defaults() {
        return new FocalSettings(0.25, 2, 0.25);
    }

    @Override
    public ClassificationLoss classification() {
        return FocalLoss.of(alpha, gamma);
    }
}
