package io.errata.core.settings;

import io.errata.core.loss.BinaryCrossEntropy;
import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.LossSettings;
import io.errata.core.weight.SampledClassCounts;

/** A loss as a user would add it: named in {@code META-INF/services} of the tests. */
public record OwnLossSettings(double weight) implements LossSettings {

    /** Weight 3. */
    public OwnLossSettings() {
        this(3);
    }

    @Override
    public String type() {
        return "own";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts counts) {
        return BinaryCrossEntropy.create().withPositiveWeight(weight);
    }
}
