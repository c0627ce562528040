package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;

/** Checks of scores, shares and distributions over classes. Each notes what is wrong in the checks it is given. */
final class DistributionChecks {

    private static final double PRIOR_SUM_TOLERANCE = 1e-6;
    private static final double ROW_SUM_TOLERANCE = 1e-4;

    private DistributionChecks() {}

    /**
     * Checks one number without an allocation where it is right.
     *
     * @return the number
     * @throws IllegalArgumentException if it is NaN
     */
    static double requireNumber(String name, double value) {
        if (Double.isNaN(value)) {
            throw ArgumentChecks.failure(name, "must be a number", value);
        }
        return value;
    }

    /** A share inside (0, 1), so that neither class is empty. */
    static void requireInside(ArgumentChecks checks, String name, double value) {
        checks.require(value > 0 && value < 1, name, "must be inside (0, 1)", value);
    }

    /** A distribution over at least two classes, none of them with a share of 0. */
    static void requirePrior(ArgumentChecks checks, String name, double[] prior) {
        checks.require(prior.length >= 2, name, "must have at least 2 classes", prior.length);
        double sum = 0;
        for (int i = 0; i < prior.length; i++) {
            if (!(prior[i] > 0 && prior[i] < 1)) {
                requireInside(checks, name + "[" + i + "]", prior[i]);
            }
            sum += prior[i];
        }
        checks.require(Math.abs(sum - 1) <= PRIOR_SUM_TOLERANCE, name, "must sum to 1 within 1e-6", sum);
    }

    /** Flat rows of {@code classes} numbers each. */
    static void requireRows(ArgumentChecks checks, String name, double[] values, int classes) {
        checks.require(classes >= 2, "classes", "must be >= 2", classes);
        checks.require(
                values.length > 0 && classes > 0 && values.length % classes == 0,
                name,
                "must be at least one row of " + classes + " numbers, one a class",
                values.length + " numbers");
    }

    /** Notes the first row that is no distribution; looks at rows only if no rule is broken so far. */
    static void requireDistributions(ArgumentChecks checks, String name, double[] values, int classes) {
        requireRows(checks, name, values, classes);
        for (int from = 0; checks.isValid() && from < values.length; from += classes) {
            double sum = 0;
            for (int i = from; i < from + classes; i++) {
                if (!(values[i] >= 0 && values[i] <= 1)) {
                    checks.require(false, name, "must be in [0, 1]", values[i] + " at index " + i);
                    return;
                }
                sum += values[i];
            }
            if (Math.abs(sum - 1) > ROW_SUM_TOLERANCE) {
                String rule = "must sum to 1 in every row, within " + ROW_SUM_TOLERANCE;
                checks.require(false, name, rule, sum + " in row " + from / classes);
            }
        }
    }
}
