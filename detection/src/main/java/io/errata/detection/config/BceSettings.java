package io.errata.detection.config;

import io.errata.core.loss.BinaryCrossEntropy;
import io.errata.core.loss.ClassificationLoss;

/**
 * {@code loss: {type: bce}}: binary cross-entropy on logits.
 *
 * @param posWeight weight of the positives, that of the negatives being 1, in (0, 10000]; default 1
 * @param boxWeight the box regression's weight in the loss, in [0, 100]; default 0.25
 */
public record BceSettings(double posWeight, double boxWeight) implements LossSettings {

    public BceSettings {
        new Rules()
                .require(posWeight > 0 && posWeight <= 10_000, "posWeight", "must be in (0, 10000]", posWeight)
                .require(boxWeight >= 0 && boxWeight <= 100, "boxWeight", "must be in [0, 100]", boxWeight)
                .verify();
    }

    /** Unweighted. */
    public static BceSettings defaults() {
        return new BceSettings(1, 0.25);
    }

    @Override
    public ClassificationLoss classification() {
        return BinaryCrossEntropy.create().withPositiveWeight(posWeight);
    }
}
