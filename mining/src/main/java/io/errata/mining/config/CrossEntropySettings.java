package io.errata.mining.config;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.CrossEntropy;
import io.errata.core.loss.ImplicitBackground;

/**
 * {@code loss: {type: cross_entropy}}: softmax cross-entropy over the classes and background.
 *
 * @param classWeights how classes are weighted by their counts; default {@code none}
 * @param beta of {@code effective_number}, in [0, 1); default 0.9999
 * @param box the loss of the boxes; default smooth L1
 */
public record CrossEntropySettings(ClassWeighting classWeights, double beta, BoxLossSettings box)
        implements LossSettings {

    public CrossEntropySettings {
        new Rules()
                .require(beta >= 0 && beta < 1, "beta", "must be in [0, 1)", beta)
                .verify();
    }

    /** Unweighted. */
    public static CrossEntropySettings defaults() {
        return new CrossEntropySettings(ClassWeighting.NONE, 0.9999, BoxLossSettings.defaults());
    }

    @Override
    public ClassificationLoss classification(SeenCounts seen) {
        CrossEntropy loss = CrossEntropy.create();
        return ImplicitBackground.of(classWeights
                .withBackground(seen, beta)
                .map(loss::withClassWeights)
                .orElse(loss));
    }
}
