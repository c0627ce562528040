package io.errata.core.ensemble;

import io.errata.core.calibration.LogOdds;
import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureMatrix;

/**
 * Scores rows by {@code σ(w·x + b)}. Plain numbers, no native memory.
 *
 * <p>Immutable and thread-safe.
 */
public final class LinearClassifier implements Classifier {

    private final double[] weights;
    private final double intercept;

    LinearClassifier(double[] weights, double intercept) {
        this.weights = weights;
        this.intercept = intercept;
    }

    /** A copy of w, one weight a feature, for raw features. */
    public double[] weights() {
        return weights.clone();
    }

    /** b, the log-odds of a row of zeros. */
    public double intercept() {
        return intercept;
    }

    @Override
    public double[] scores(FeatureMatrix rows) {
        ArgumentChecks.check(
                rows.dimension() == weights.length,
                "rows",
                "must have " + weights.length + " features",
                rows.dimension());
        double[] scores = new double[rows.size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = LogOdds.sigmoid(logOdds(rows, row));
        }
        return scores;
    }

    private double logOdds(FeatureMatrix rows, int row) {
        double sum = intercept;
        for (int f = 0; f < weights.length; f++) {
            sum += weights[f] * rows.value(row, f);
        }
        return sum;
    }
}
