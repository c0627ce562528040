package io.errata.core.ensemble;

import io.errata.core.resampling.FeatureMatrix;

/** Tells positives from negatives by a score of each row. */
@FunctionalInterface
public interface Classifier {

    /**
     * The probability that each row is positive, as likely as the classifier can tell; of no row, no number.
     *
     * @param rows {@code [N, D]}
     * @return N numbers in [0, 1]; the same rows get the same numbers
     * @throws IllegalArgumentException if D is not what the classifier was trained on
     */
    double[] scores(FeatureMatrix rows);
}
