package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.ClassWeighting;
import io.errata.core.weight.SampledClassCounts;
import java.util.Arrays;

/**
 * {@code loss: {type: bce}}: binary cross-entropy of each class.
 *
 * @param posWeight weight of the positives, that of the negatives being 1, in (0, 10000]; default 1
 * @param classWeights how the positives of each class are weighted by its count, background weighing 1; multiplied with
 *     {@code posWeight}; default {@code none}
 * @param beta of {@code effective_number}, in [0, 1); default 0.9999
 */
public record BceSettings(double posWeight, ClassWeighting classWeights, double beta) implements LossSettings {

    public BceSettings {
        new ArgumentChecks()
                .require(posWeight > 0 && posWeight <= 10_000, "posWeight", "must be in (0, 10000]", posWeight)
                .require(beta >= 0 && beta < 1, "beta", "must be in [0, 1)", beta)
                .verify();
    }

    /** Unweighted. */
    public static BceSettings withDefaults() {
        return new BceSettings(1, ClassWeighting.NONE, 0.9999);
    }

    @Override
    public String type() {
        return "bce";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        double[] weights = classWeights.againstBackground(seen, beta);
        return BinaryCrossEntropy.create()
                .withPositiveWeight(
                        Arrays.stream(weights).map(w -> w * posWeight).toArray());
    }
}
