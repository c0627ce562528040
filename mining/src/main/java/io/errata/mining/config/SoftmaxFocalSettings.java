package io.errata.mining.config;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.ImplicitBackground;
import io.errata.core.loss.SoftmaxFocalLoss;

/**
 * {@code loss: {type: softmax_focal}}: focal loss over the classes and background, which exclude each other.
 *
 * @param gamma how much easy examples are turned down, in [0, 10]; default 2
 * @param classWeights how classes are weighted by their counts; default {@code none}
 * @param beta of {@code effective_number}, in [0, 1); default 0.9999
 * @param box the loss of the boxes; default smooth L1
 */
public record SoftmaxFocalSettings(double gamma, ClassWeighting classWeights, double beta, BoxLossSettings box)
        implements LossSettings {

    public SoftmaxFocalSettings {
        new Rules()
                .require(gamma >= 0 && gamma <= 10, "gamma", "must be in [0, 10]", gamma)
                .require(beta >= 0 && beta < 1, "beta", "must be in [0, 1)", beta)
                .verify();
    }

    /** γ 2, unweighted. */
    public static SoftmaxFocalSettings defaults() {
        return new SoftmaxFocalSettings(2, ClassWeighting.NONE, 0.9999, BoxLossSettings.defaults());
    }

    @Override
    public ClassificationLoss classification(SeenCounts seen) {
        SoftmaxFocalLoss loss = SoftmaxFocalLoss.of(gamma);
        return ImplicitBackground.of(classWeights
                .withBackground(seen, beta)
                .map(loss::withClassWeights)
                .orElse(loss));
    }
}
