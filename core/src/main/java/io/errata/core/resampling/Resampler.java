package io.errata.core.resampling;

/** Makes rare classes larger, or frequent ones smaller. The same settings and rows give the same result. */
public sealed interface Resampler permits RandomUnderSampler, RandomOverSampler, Smote {

    /**
     * Rows of which the classes are as large as the target says.
     *
     * @param rows of at least two classes
     * @throws IllegalArgumentException with every problem: less than two classes, a target that names an absent class
     *     or asks for what this sampler cannot do
     */
    Resampled resample(FeatureSet rows);
}
