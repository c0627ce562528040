package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;

/**
 * A threshold and its counts on held-out data. A score at or above the threshold is called positive.
 *
 * @param threshold any number; ∞ calls nothing positive
 * @param truePositives positives called positive
 * @param falsePositives negatives called positive
 * @param positives all positives, ≥ 1
 * @param negatives all negatives, ≥ 1
 */
public record OperatingPoint(
        double threshold, long truePositives, long falsePositives, long positives, long negatives) {

    /** @throws IllegalArgumentException if the threshold is NaN, or the counts contradict each other */
    public OperatingPoint {
        new ArgumentChecks()
                .require(!Double.isNaN(threshold), "threshold", "must be a number", threshold)
                .require(positives >= 1, "positives", "must be >= 1", positives)
                .require(negatives >= 1, "negatives", "must be >= 1", negatives)
                .require(
                        0 <= truePositives && truePositives <= positives,
                        "truePositives",
                        "must be in [0, positives]",
                        truePositives)
                .require(
                        0 <= falsePositives && falsePositives <= negatives,
                        "falsePositives",
                        "must be in [0, negatives]",
                        falsePositives)
                .verify();
    }

    /**
     * The share of true positives among all that is called positive; 1 where nothing is, as at the end of
     * scikit-learn's curve.
     */
    public double precision() {
        long called = truePositives + falsePositives;
        return called == 0 ? 1 : truePositives / (double) called;
    }

    /** The share of the positives that is called positive. */
    public double recall() {
        return truePositives / (double) positives;
    }

    /** The share of the negatives that is called positive. */
    public double falsePositiveRate() {
        return falsePositives / (double) negatives;
    }

    /** Positives called negative. */
    public long falseNegatives() {
        return positives - truePositives;
    }

    /**
     * F-beta: the harmonic mean of precision and recall, with recall weighing β² times as much; 0 where nothing is
     * found.
     *
     * @param beta > 0 and finite
     * @throws IllegalArgumentException if {@code beta} is out of range
     */
    public double fBeta(double beta) {
        ArgumentChecks.check(beta > 0 && beta < Double.POSITIVE_INFINITY, "beta", "must be > 0 and finite", beta);
        if (truePositives == 0) {
            return 0;
        }
        double onRecall = 1 / (1 + 1 / (beta * beta));
        return truePositives / (truePositives + onRecall * falseNegatives() + (1 - onRecall) * falsePositives);
    }

    /** The total cost of its errors. */
    public double cost(MisclassificationCosts costs) {
        return costs.of(falsePositives, falseNegatives());
    }
}
