package io.errata.mining.config;

import io.errata.core.weight.ClassCounts;
import io.errata.core.weight.ClassWeights;
import java.util.Arrays;
import java.util.Optional;

/** How classes are weighted by their counts, background being a class too. */
public enum ClassWeighting {

    /** All alike. */
    NONE,
    /** See {@link ClassWeights#inverseFrequency}. */
    INVERSE_FREQUENCY,
    /** See {@link ClassWeights#balanced}. */
    BALANCED,
    /** See {@link ClassWeights#medianFrequency}. */
    MEDIAN_FREQUENCY,
    /** See {@link ClassWeights#effectiveNumber}. */
    EFFECTIVE_NUMBER;

    /** A weight for each class, then one for background; empty for {@link #NONE}. */
    Optional<ClassWeights> withBackground(SeenCounts seen, double beta) {
        ClassCounts counts = seen.withBackground();
        return switch (this) {
            case NONE -> Optional.empty();
            case INVERSE_FREQUENCY -> Optional.of(ClassWeights.inverseFrequency(counts));
            case BALANCED -> Optional.of(ClassWeights.balanced(counts));
            case MEDIAN_FREQUENCY -> Optional.of(ClassWeights.medianFrequency(counts));
            case EFFECTIVE_NUMBER -> Optional.of(ClassWeights.effectiveNumber(counts, beta));
        };
    }

    /** A weight for the positives of each class where background weighs 1. */
    double[] againstBackground(SeenCounts seen, double beta) {
        int classes = seen.objects().classes();
        return withBackground(seen, beta)
                .map(weights -> Arrays.stream(weights.toArray(), 0, classes)
                        .map(weight -> weight / weights.toArray()[classes])
                        .toArray())
                .orElseGet(() -> {
                    double[] ones = new double[classes];
                    Arrays.fill(ones, 1);
                    return ones;
                });
    }
}
