package io.errata.core.weight;

import java.util.Arrays;
import java.util.Optional;

/** How classes are weighted by their counts. Background counts as a class. */
public enum ClassWeighting {

    /** All classes weigh the same. */
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
    public Optional<ClassWeights> withBackground(SampledClassCounts counts, double beta) {
        ClassCounts all = counts.withBackground();
        return switch (this) {
            case NONE -> Optional.empty();
            case INVERSE_FREQUENCY -> Optional.of(ClassWeights.inverseFrequency(all));
            case BALANCED -> Optional.of(ClassWeights.balanced(all));
            case MEDIAN_FREQUENCY -> Optional.of(ClassWeights.medianFrequency(all));
            case EFFECTIVE_NUMBER -> Optional.of(ClassWeights.effectiveNumber(all, beta));
        };
    }

    /** A weight for the positives of each class where background weighs 1. */
    public double[] againstBackground(SampledClassCounts counts, double beta) {
        int classes = counts.objects().classes();
        return withBackground(counts, beta)
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
