package io.errata.core.calibration;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** The rules that arguments must keep; broken ones are noted, and {@link #verify} throws them all at once. NaN breaks every rule. */
final class Rules {

    private static final double SUM_TOLERANCE = 1e-4;

    private final List<Problem> broken = new ArrayList<>();

    Rules require(boolean holds, String rule, Object found) {
        if (!holds) {
            broken.add(Problem.of("calibration", rule + ", found " + found));
        }
        return this;
    }

    /**
     * The value itself, cheap where it is right.
     *
     * @throws InvalidInputException if it is NaN
     */
    static double number(String name, double value) {
        if (Double.isNaN(value)) {
            new Rules().require(false, name + " must be a number", value).verify();
        }
        return value;
    }

    /** A share that both classes have a part of. */
    Rules requireInside(String name, double value) {
        return require(value > 0 && value < 1, name + " must be inside (0, 1)", value);
    }

    /** Notes the first value that is NaN or infinite. */
    Rules requireFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return require(false, name + " must be finite", values[i] + " at index " + i);
            }
        }
        return this;
    }

    /** A distribution over at least two classes, each with a part in it. */
    Rules requirePrior(String name, double[] prior) {
        require(prior.length >= 2, name + " must have at least 2 classes", prior.length);
        double sum = 0;
        for (int i = 0; i < prior.length; i++) {
            requireInside(name + "[" + i + "]", prior[i]);
            sum += prior[i];
        }
        return require(Math.abs(sum - 1) <= 1e-6, name + " must sum to 1 within 1e-6", sum);
    }

    /** Flat rows of {@code classes} numbers each. */
    Rules requireRows(String name, double[] values, int classes) {
        require(classes >= 2, "classes must be >= 2", classes);
        return require(
                values.length > 0 && classes > 0 && values.length % classes == 0,
                name + " must be at least one row of " + classes + " numbers, one a class",
                values.length + " numbers");
    }

    /** Notes the first row that is no distribution. */
    Rules requireDistributions(String name, double[] values, int classes) {
        requireRows(name, values, classes);
        for (int from = 0; broken.isEmpty() && from < values.length; from += classes) {
            double sum = 0;
            for (int i = from; i < from + classes; i++) {
                if (!(values[i] >= 0 && values[i] <= 1)) {
                    return require(false, name + " must be in [0, 1]", values[i] + " at index " + i);
                }
                sum += values[i];
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                String rule = name + " must sum to 1 in every row, within " + SUM_TOLERANCE;
                return require(false, rule, sum + " in row " + from / classes);
            }
        }
        return this;
    }

    /** @throws InvalidInputException with every broken rule, if there is any */
    void verify() {
        if (!broken.isEmpty()) {
            throw new InvalidInputException(broken);
        }
    }
}
