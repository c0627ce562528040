package io.errata.core.loss;

import ai.djl.ndarray.NDArray;

/**
 * The factor of focal losses: a mistake in [0, 1] to a power. It takes part in the gradient.
 *
 * @param exponent γ, how strongly right answers are turned down; 0 leaves a loss as it is, to the last bit
 */
record Modulator(double exponent) {

    /** Below this a mistake counts no further: the slope of m^γ at 0 is infinite for γ below 1. */
    private static final double LEAST_MISTAKE = 1e-30;

    /** @throws io.errata.core.problem.InvalidInputException if {@code exponent} is not a finite number of at least 0 */
    static Modulator of(String name, double exponent) {
        if (!(exponent >= 0 && exponent < Double.POSITIVE_INFINITY)) {
            throw GradientFree.invalid(name + " must be >= 0 and finite, found " + exponent);
        }
        return new Modulator(exponent);
    }

    /** {@code loss · mistake^γ}. */
    NDArray modulate(NDArray loss, NDArray mistake) {
        return exponent == 0 ? loss : loss.mul(power(mistake));
    }

    private NDArray power(NDArray mistake) {
        if (exponent == 1) {
            return mistake;
        }
        if (exponent == 2) {
            return mistake.mul(mistake);
        }
        NDArray base = exponent < 1 ? mistake.maximum(GradientFree.scalar(mistake, LEAST_MISTAKE)) : mistake;
        return base.pow(GradientFree.scalar(mistake, exponent));
    }
}
