package io.errata.core.ensemble;

import io.errata.core.resampling.FeatureMatrix;

/** Separates positives from negatives by a score for each row. */
@FunctionalInterface
public interface Classifier {

    /**
     * The estimated probability that each row is positive.
     *
     * @param rows {@code [N, D]}
     * @return N numbers in [0, 1], none for no rows; the same rows get the same numbers
     * @throws IllegalArgumentException if D is not what the classifier was trained on
     */
    double[] scores(FeatureMatrix rows);
}
