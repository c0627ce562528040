package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;

/**
 * The costs of the two kinds of error, in one unit of any kind; right answers cost nothing. Elkan 2001, "The
 * Foundations of Cost-Sensitive Learning", with the costs of right answers subtracted.
 *
 * @param falsePositive the cost of a false positive, ≥ 0 and finite
 * @param falseNegative the cost of a false negative, ≥ 0 and finite; one of the two must be > 0
 */
public record MisclassificationCosts(double falsePositive, double falseNegative) {

    /** @throws IllegalArgumentException if a cost is negative, NaN or infinite, or both are 0 */
    public MisclassificationCosts {
        new ArgumentChecks()
                .require(isCost(falsePositive), "falsePositive", "must be >= 0 and finite", falsePositive)
                .require(isCost(falseNegative), "falseNegative", "must be >= 0 and finite", falseNegative)
                .require(falsePositive != 0 || falseNegative != 0, "one of the costs", "must be > 0", "0 and 0")
                .verify();
    }

    /**
     * The probability from which calling a score positive costs least:
     * {@code falsePositive / (falsePositive + falseNegative)}. It needs calibrated probabilities and no data;
     * {@link OperatingCurve#leastCost} needs data, but only a ranking.
     */
    public double bayesThreshold() {
        return 1 / (1 + falseNegative / falsePositive);
    }

    /** The total cost of these numbers of errors. */
    public double of(long falsePositives, long falseNegatives) {
        return falsePositive * falsePositives + falseNegative * falseNegatives;
    }

    private static boolean isCost(double cost) {
        return cost >= 0 && cost < Double.POSITIVE_INFINITY;
    }
}
