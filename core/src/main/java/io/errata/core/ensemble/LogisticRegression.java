package io.errata.core.ensemble;

import ai.djl.ndarray.NDManager;
import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureSet;

/**
 * Logistic regression: the weights w and intercept b with the least {@code Σ cross-entropy + l2/2 · |w|²}, found by
 * Newton's method on all rows at once. Features are standardised by the mean and deviation of the training rows first,
 * so that {@code l2} affects all alike; the classifier takes raw features. This is scikit-learn's
 * {@code make_pipeline(StandardScaler(), LogisticRegression(C=1/l2))}, and the optimum is unique.
 *
 * <p>Takes about 16·N·(D + 1) bytes of native memory while it learns, in double precision, and none afterwards. Uses
 * no autograd, so it may run beside a training loop.
 *
 * @param l2 the penalty of the weights, not of the intercept; at least 1e-6, below which rounding outweighs the
 *     penalty
 */
public record LogisticRegression(double l2) implements Learner {

    private static final double MIN_L2 = 1e-6;

    /** @throws IllegalArgumentException if {@code l2} is below 1e-6 or not finite */
    public LogisticRegression {
        ArgumentChecks.check(
                l2 >= MIN_L2 && l2 < Double.POSITIVE_INFINITY, "l2", "must be >= " + MIN_L2 + " and finite", l2);
    }

    /** A penalty of 1, as in scikit-learn. */
    public static LogisticRegression withDefaults() {
        return new LogisticRegression(1);
    }

    @Override
    public LinearClassifier learn(FeatureSet training) {
        BinaryLabels.requireBothClasses(training);
        Standardisation standardisation = Standardisation.of(training.features());
        try (NDManager manager = NDManager.newBaseManager()) {
            double[] design = standardisation.design(training.features());
            return standardisation.undo(new PenalisedLikelihood(manager, design, training.labels(), l2).minimum());
        }
    }
}
