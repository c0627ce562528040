package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.SampledClassCounts;

/**
 * {@code loss: {type: focal}}: binary focal loss of each class (Lin et al. 2017, arXiv 1708.02002).
 *
 * @param alpha weight of the positives, that of the negatives being 1 − α, in (0, 1); default 0.25
 * @param gamma how much easy examples are turned down, in [0, 10]; 0 is weighted cross-entropy; default 2
 */
public record FocalSettings(double alpha, double gamma) implements LossSettings {

    public FocalSettings {
        new ArgumentChecks()
                .require(alpha > 0 && alpha < 1, "alpha", "must be in (0, 1)", alpha)
                .require(gamma >= 0 && gamma <= 10, "gamma", "must be in [0, 10]", gamma)
                .verify();
    }

    /** α 0.25, γ 2. */
    public static FocalSettings withDefaults() {
        return new FocalSettings(0.25, 2);
    }

    @Override
    public String type() {
        return "focal";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        return FocalLoss.of(alpha, gamma);
    }
}
