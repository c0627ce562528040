package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import io.errata.core.problem.ArgumentChecks;

/**
 * Smooth L1 for box regression: of the difference d between prediction and target, {@code d²/(2β)} where |d| is below
 * β and {@code |d| − β/2} beyond, so that the gradient never exceeds 1. Girshick 2015, arXiv 1504.08083, equation 3
 * (there β = 1).
 *
 * <p>Immutable and thread-safe.
 */
public final class SmoothL1 implements RegressionLoss {

    private final double beta;

    private SmoothL1(double beta) {
        this.beta = beta;
    }

    /**
     * A smooth L1 loss that is a parabola up to β.
     *
     * @param beta where the parabola meets the line, > 0, in the units of the predictions
     * @throws IllegalArgumentException if {@code beta} is out of range
     */
    public static SmoothL1 of(double beta) {
        ArgumentChecks.check(beta > 0 && beta < Double.POSITIVE_INFINITY, "beta", "must be > 0 and finite", beta);
        return new SmoothL1(beta);
    }

    /** Where the parabola meets the line. */
    public double beta() {
        return beta;
    }

    /** {@inheritDoc} One for every number; the gradient never exceeds 1. */
    @Override
    public NDArray perElement(NDArray predictions, NDArray targets) {
        LossArrays.requireTargets(predictions, targets);
        NDArray distance = predictions.sub(targets).abs();
        NDArray near = distance.minimum(LossArrays.scalar(predictions, beta));
        NDArray far = distance.add(distance).sub(near);
        return near.mul(far).mul(LossArrays.scalar(predictions, 0.5 / beta)); // m·(2d − m)/(2β), m = min(d, β)
    }

    @Override
    public String toString() {
        return "SmoothL1[beta=" + beta + "]";
    }
}
