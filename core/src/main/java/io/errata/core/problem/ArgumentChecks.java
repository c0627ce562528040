package io.errata.core.problem;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the arguments of a constructor or a method. Every broken rule is noted, and {@link #verify} throws them all
 * at once. Write a condition so that it is false for NaN: then NaN breaks every rule.
 *
 * <pre>{@code
 * new ArgumentChecks()
 *         .require(alpha > 0 && alpha < 1, "alpha", "must be in (0, 1)", alpha)
 *         .require(gamma >= 0, "gamma", "must be ≥ 0", gamma)
 *         .verify();
 * }</pre>
 */
public final class ArgumentChecks {

    private final List<Problem> broken = new ArrayList<>();

    /**
     * Checks one argument.
     *
     * @throws InvalidArgumentException if the rule is broken: {@code alpha must be in (0, 1), found 2.0}
     */
    public static void check(boolean holds, String name, String rule, @Nullable Object found) {
        if (!holds) {
            throw failure(name, rule, found);
        }
    }

    /**
     * The exception for one argument that breaks a rule, where there is nothing more to check:
     * {@code throw failure(…)}.
     *
     * @param name the argument's name, as in the signature
     * @param rule what it must be, such as {@code must be ≥ 1}
     * @param found the value
     */
    public static InvalidArgumentException failure(String name, String rule, @Nullable Object found) {
        return new InvalidArgumentException(List.of(problem(name, rule, found)));
    }

    /**
     * Notes a broken rule.
     *
     * @param holds whether the rule is kept
     * @param name the argument's name, as in the signature
     * @param rule what it must be, such as {@code must be ≥ 1}
     * @param found the value
     */
    public ArgumentChecks require(boolean holds, String name, String rule, @Nullable Object found) {
        if (!holds) {
            broken.add(problem(name, rule, found));
        }
        return this;
    }

    /** Notes the first value that is NaN or infinite. */
    public ArgumentChecks requireFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return require(false, name, "must be finite", values[i] + " at index " + i);
            }
        }
        return this;
    }

    /** Notes the first value that is NaN or infinite. */
    public ArgumentChecks requireFinite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return require(false, name, "must be finite", values[i] + " at index " + i);
            }
        }
        return this;
    }

    /** Whether no rule is broken so far. */
    public boolean isValid() {
        return broken.isEmpty();
    }

    /**
     * Ends the checks.
     *
     * @throws InvalidArgumentException with every broken rule, if there is any
     */
    public void verify() {
        if (!broken.isEmpty()) {
            throw new InvalidArgumentException(broken);
        }
    }

    private static Problem problem(String name, String rule, @Nullable Object found) {
        return new Problem(null, null, name, rule + ", found " + found, "bad-value");
    }
}
