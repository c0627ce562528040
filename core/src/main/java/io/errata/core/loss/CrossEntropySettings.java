package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.ClassWeighting;
import io.errata.core.weight.SampledClassCounts;

/**
 * {@code loss: {type: cross_entropy}}: softmax cross-entropy over the classes and background.
 *
 * @param classWeights how classes are weighted by their counts; default {@code none}
 * @param beta of {@code effective_number}, in [0, 1); default 0.9999
 */
public record CrossEntropySettings(ClassWeighting classWeights, double beta) implements LossSettings {

    public CrossEntropySettings {
        new ArgumentChecks()
                .require(beta >= 0 && beta < 1, "beta", "must be in [0, 1)", beta)
                .verify();
    }

    /** Unweighted. */
    public static CrossEntropySettings withDefaults() {
        return new CrossEntropySettings(ClassWeighting.NONE, 0.9999);
    }

    @Override
    public String type() {
        return "cross_entropy";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        CrossEntropy loss = CrossEntropy.create();
        return ImplicitBackground.of(classWeights
                .withBackground(seen, beta)
                .map(loss::withClassWeights)
                .orElse(loss));
    }
}
