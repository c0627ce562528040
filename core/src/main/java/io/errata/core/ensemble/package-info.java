/**
 * Ensembles for two classes of which one is rare: every member sees all positives and as many negatives, so that
 * together they see many more negatives. A {@link io.errata.core.resampling.FeatureSet} labelled 1 (positive) and 0
 * flows in, an {@link io.errata.core.ensemble.Ensemble} that scores rows flows out. Read
 * {@link io.errata.core.ensemble.Learner}, {@link io.errata.core.ensemble.EasyEnsemble},
 * {@link io.errata.core.ensemble.BalanceCascade}; a learner to start with is
 * {@link io.errata.core.ensemble.LogisticRegression}, your own may be a lambda.
 *
 * <p>Liu, Wu, Zhou, Exploratory Undersampling for Class-Imbalance Learning, IEEE Transactions on Systems, Man, and
 * Cybernetics B 39(2), 2009.
 */
@NullMarked
package io.errata.core.ensemble;

import org.jspecify.annotations.NullMarked;
