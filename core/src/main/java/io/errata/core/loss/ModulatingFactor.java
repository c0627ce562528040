package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import io.errata.core.problem.ArgumentChecks;

/**
 * The factor of focal losses: an error probability in [0, 1], raised to a power. It takes part in the gradient.
 *
 * @param exponent γ, how strongly right answers are down-weighted; 0 leaves a loss as it is, to the last bit
 */
record ModulatingFactor(double exponent) {

    /** Smaller error probabilities count as this one: the slope of m^γ at 0 is infinite for γ below 1. */
    private static final double MIN_ERROR_PROBABILITY = 1e-30;

    /** @throws IllegalArgumentException if {@code exponent} is not a finite number of at least 0 */
    static ModulatingFactor of(String name, double exponent) {
        ArgumentChecks.check(
                exponent >= 0 && exponent < Double.POSITIVE_INFINITY, name, "must be >= 0 and finite", exponent);
        return new ModulatingFactor(exponent);
    }

    /** {@code loss · errorProbability^γ}. */
    NDArray modulate(NDArray loss, NDArray errorProbability) {
        return exponent == 0 ? loss : loss.mul(power(errorProbability));
    }

    private NDArray power(NDArray errorProbability) {
        if (exponent == 1) {
            return errorProbability;
        }
        if (exponent == 2) {
            return errorProbability.mul(errorProbability);
        }
        NDArray base = exponent < 1
                ? errorProbability.maximum(LossArrays.scalar(errorProbability, MIN_ERROR_PROBABILITY))
                : errorProbability;
        return base.pow(LossArrays.scalar(errorProbability, exponent));
    }
}
