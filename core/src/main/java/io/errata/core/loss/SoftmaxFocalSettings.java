package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.ClassWeighting;
import io.errata.core.weight.SampledClassCounts;

/**
 * {@code loss: {type: softmax_focal}}: focal loss over the classes and background, which exclude each other.
 *
 * @param gamma how much easy examples are turned down, in [0, 10]; default 2
 * @param classWeights how classes are weighted by their counts; default {@code none}
 * @param beta of {@code effective_number}, in [0, 1); default 0.9999
 */
public record SoftmaxFocalSettings(double gamma, ClassWeighting classWeights, double beta) implements LossSettings {

    public SoftmaxFocalSettings {
        new ArgumentChecks()
                .require(gamma >= 0 && gamma <= 10, "gamma", "must be in [0, 10]", gamma)
                .require(beta >= 0 && beta < 1, "beta", "must be in [0, 1)", beta)
                .verify();
    }

    /** γ 2, unweighted. */
    public static SoftmaxFocalSettings withDefaults() {
        return new SoftmaxFocalSettings(2, ClassWeighting.NONE, 0.9999);
    }

    @Override
    public String type() {
        return "softmax_focal";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        SoftmaxFocalLoss loss = SoftmaxFocalLoss.of(gamma);
        return ImplicitBackground.of(classWeights
                .withBackground(seen, beta)
                .map(loss::withClassWeights)
                .orElse(loss));
    }
}
