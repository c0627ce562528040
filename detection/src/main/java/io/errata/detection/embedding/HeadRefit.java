package io.errata.detection.embedding;

import io.errata.core.ensemble.BalanceCascade;
import io.errata.core.ensemble.EasyEnsemble;
import io.errata.core.ensemble.Learner;
import io.errata.core.ensemble.LogisticRegression;
import io.errata.core.resampling.RandomOverSampler;
import io.errata.core.resampling.RandomUnderSampler;
import io.errata.core.resampling.Resampler;
import io.errata.core.resampling.SamplingTarget;
import io.errata.core.resampling.Smote;

/**
 * How the classes' outputs are learned anew once the network is trained, from the embeddings of its training windows: each class
 * against the rest by logistic regression, on windows resampled so. Kang et al. 2020 (arXiv 1910.09217) found representations learned
 * from imbalanced data good, and their classifiers not.
 */
public enum HeadRefit {

    /** Not at all. */
    NONE,
    /** On all windows as they are. */
    PLAIN,
    /** On as many of the others as the class has windows. */
    UNDER_SAMPLING,
    /** With the class's windows repeated until there are as many as of the others. */
    OVER_SAMPLING,
    /** With windows between the class's own, in embedding space, until there are as many as of the others. */
    SMOTE,
    /** Several times, each on another part of the others; the mean of the logits. */
    EASY_ENSEMBLE,
    /** Several times, each on those of the others that are not yet told apart; the mean of the logits. */
    BALANCE_CASCADE;

    private static final int MEMBERS = 8;

    /** What learns a class from windows labelled 1 (the class) and 0. */
    public Learner learner(long seed) {
        LogisticRegression regression = LogisticRegression.withDefaults();
        SamplingTarget balanced = SamplingTarget.balanced();
        return switch (this) {
            case NONE, PLAIN -> regression;
            case UNDER_SAMPLING -> resampled(new RandomUnderSampler(balanced, seed), regression);
            case OVER_SAMPLING -> resampled(new RandomOverSampler(balanced, seed), regression);
            case SMOTE -> resampled(Smote.withDefaults(seed), regression);
            case EASY_ENSEMBLE -> new EasyEnsemble(regression, MEMBERS, seed);
            case BALANCE_CASCADE -> new BalanceCascade(regression, MEMBERS, seed);
        };
    }

    private static Learner resampled(Resampler resampler, Learner learner) {
        return rows -> learner.learn(resampler.resample(rows).rows());
    }
}
