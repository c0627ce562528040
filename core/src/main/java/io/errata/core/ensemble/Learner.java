package io.errata.core.ensemble;

import io.errata.core.resampling.FeatureSet;

/**
 * Trains a classifier on labelled rows. An ensemble is a learner too. The same settings and rows give the same
 * classifier.
 */
@FunctionalInterface
public interface Learner {

    /**
     * A classifier of rows like those of {@code training}.
     *
     * @param training rows labelled 1 (positive) and 0 (negative), some of both
     * @throws IllegalArgumentException with every problem: other labels, no positive or no negative
     */
    Classifier learn(FeatureSet training);
}
