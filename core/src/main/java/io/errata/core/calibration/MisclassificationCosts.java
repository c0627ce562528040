package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;

/**
 * What the two kinds of mistake cost, in any one unit; right answers cost nothing. Elkan 2001, "The Foundations of Cost-Sensitive
 * Learning", with the costs of right answers subtracted.
 *
 * @param falsePositive what a negative called positive costs, ≥ 0 and finite
 * @param falseNegative what a positive called negative costs, ≥ 0 and finite; one of the two must be > 0
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
     * The probability from which on it costs least to say positive: {@code falsePositive / (falsePositive + falseNegative)}. It needs
     * probabilities that can be believed and no data; {@link OperatingCurve#leastCost} needs data and only a ranking.
     */
    public double bayesThreshold() {
        return 1 / (1 + falseNegative / falsePositive);
    }

    /** What so many mistakes cost together. */
    public double of(long falsePositives, long falseNegatives) {
        return falsePositive * falsePositives + falseNegative * falseNegatives;
    }

    private static boolean isCost(double cost) {
        return cost >= 0 && cost < Double.POSITIVE_INFINITY;
    }
}
