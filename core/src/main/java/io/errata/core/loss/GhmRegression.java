package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import io.errata.core.problem.ArgumentChecks;
import org.jspecify.annotations.Nullable;

/**
 * A smooth L1 loss for box regression in which easy elements and outliers are down-weighted. Of the difference d
 * between prediction and target the loss is {@code sqrt(d² + μ²) − μ}, near a parabola for |d| far below μ and near
 * |d| beyond; its gradient's norm is {@code g = |d| / sqrt(d² + μ²)}. An element is weighted by how many have about
 * the same g, in bins as in {@link GhmClassification}, whose notes on weights, memory and state hold here too. This is
 * GHM-R: Li et al. 2018, arXiv 1811.05181.
 *
 * <p>Without momentum it is immutable and thread-safe; with momentum it has counts that move at every evaluation, and
 * is <b>not thread-safe</b>.
 */
public final class GhmRegression implements RegressionLoss, StatefulLoss {

    private final int bins;
    private final double mu;
    private final double momentum;
    private final GradientDensity density;
    private final boolean moves;

    private GhmRegression(int bins, double mu, double momentum, GradientDensity density, boolean moves) {
        this.bins = bins;
        this.mu = mu;
        this.momentum = momentum;
        this.density = density;
        this.moves = moves;
    }

    /**
     * A loss that counts each batch by itself.
     *
     * @param bins M, the number of bins of gradient norms, ≥ 1; 10 in the authors' code
     * @param mu μ, where the parabola meets the line, > 0, in the units of the predictions; the paper's choice is 0.02
     * @throws IllegalArgumentException if {@code bins} or {@code mu} is out of range
     */
    public static GhmRegression of(int bins, double mu) {
        ArgumentChecks.check(mu > 0 && mu < Double.POSITIVE_INFINITY, "mu", "must be > 0 and finite", mu);
        return new GhmRegression(bins, mu, 0, new GradientDensity(bins, 0), true);
    }

    /**
     * A copy with moving counts of its own, all 0.
     *
     * @param newMomentum m in [0, 1): how much of the former counts remains; 0.7 in the authors' code, 0 for none
     * @throws IllegalArgumentException if {@code newMomentum} is out of range
     */
    public GhmRegression withMomentum(double newMomentum) {
        return new GhmRegression(bins, mu, newMomentum, new GradientDensity(bins, newMomentum), true);
    }

    /** This loss for validation and reports: it uses the current counts of this loss and does not change them. */
    public GhmRegression frozen() {
        return new GhmRegression(bins, mu, momentum, density, false);
    }

    /** {@inheritDoc} One for every number, its weight included. */
    @Override
    public NDArray perElement(NDArray predictions, NDArray targets) {
        return harmonized(predictions, targets, null);
    }

    /** {@inheritDoc} One for every number; what has weight 0 is not counted. */
    @Override
    public NDArray perElement(NDArray predictions, NDArray targets, NDArray weights) {
        return harmonized(predictions, targets, weights);
    }

    /** As d²/(r + μ) with r = sqrt(d² + μ²), sqrt(d² + μ²) − μ loses no digits where d is small. */
    private NDArray harmonized(NDArray predictions, NDArray targets, @Nullable NDArray weights) {
        LossArrays.requireTargets(predictions, targets);
        NDArray d = predictions.sub(targets);
        NDArray squared = d.mul(d);
        NDArray r = LossArrays.plus(squared, mu * mu).sqrt();
        NDArray norms = d.stopGradient().div(r.stopGradient()).abs();
        NDArray loss = squared.div(LossArrays.plus(r, mu));
        return loss.mul(density.weights(norms, weights, moves));
    }

    @Override
    public float[] counts() {
        return density.counts();
    }

    @Override
    public void restore(float... counts) {
        density.restore(counts);
    }

    @Override
    public void close() {
        density.close();
    }

    @Override
    public String toString() {
        return "GhmRegression[bins=" + bins + ", mu=" + mu + ", momentum=" + momentum + "]";
    }
}
