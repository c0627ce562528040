package io.errata.mining.config;

import io.errata.core.loss.BinaryCrossEntropy;
import io.errata.core.loss.ClassificationLoss;
import java.util.Arrays;

/**
 * {@code loss: {type: bce}}: binary cross-entropy of each class.
 *
 * @param posWeight weight of the positives, that of the negatives being 1, in (0, 10000]; default 1
 * @param classWeights how the positives of each class are weighted by its count, background weighing 1; multiplied with
 *     {@code posWeight}; default {@code none}
 * @param beta of {@code effective_number}, in [0, 1); default 0.9999
 * @param box the loss of the boxes; default smooth L1
 */
public record BceSettings(double posWeight, ClassWeighting classWeights, double beta, BoxLossSettings box)
        implements LossSettings {

    public BceSettings {
        new Rules()
                .require(posWeight > 0 && posWeight <= 10_000, "posWeight", "must be in (0, 10000]", posWeight)
                .require(beta >= 0 && beta < 1, "beta", "must be in [0, 1)", beta)
                .verify();
    }

    /** Unweighted. */
    public static BceSettings defaults() {
        return new BceSettings(1, ClassWeighting.NONE, 0.9999, BoxLossSettings.defaults());
    }

    @Override
    public ClassificationLoss classification(SeenCounts seen) {
        double[] weights = classWeights.againstBackground(seen, beta);
        return BinaryCrossEntropy.create()
                .withPositiveWeight(
                        Arrays.stream(weights).map(w -> w * posWeight).toArray());
    }
}
