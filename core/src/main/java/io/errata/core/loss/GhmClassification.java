package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross-entropy from logits in which easy elements and outliers are down-weighted: an element weighs
 * {@code N / (count · filled)}, where count is how many elements of the batch have a gradient of about the same norm
 * {@code g = |σ(logit) − y|}, that is in the same of M equal bins, and filled is the number of bins that are not
 * empty. The weight carries no gradient. The mean over the batch is the sum divided by the N elements. This is GHM-C:
 * Li et al. 2018, arXiv 1811.05181.
 *
 * <p>An element's loss therefore depends on the batch: elements of weight 0 are left out of the counts and of N.
 * Counting takes memory for elements × bins numbers and never copies to the host.
 *
 * <p><b>State.</b> Without momentum it is immutable and thread-safe. With momentum m each bin's count is a moving one,
 * {@code m·before + (1 − m)·now}, which skips batches that leave the bin empty and starts at 0, so that early weights
 * are up to 1/(1 − m) times as large. The counts move on at every evaluation, except through {@link #frozen()}; a loss
 * with momentum is <b>not thread-safe</b>. It keeps one small array on the device until it is closed.
 * {@link #counts()} and {@link #restore} take the counts through a checkpoint, so that a resumed run continues with the
 * same numbers.
 */
public final class GhmClassification implements ClassificationLoss, StatefulLoss {

    private static final BinaryCrossEntropy CROSS_ENTROPY = BinaryCrossEntropy.create();

    private final int bins;
    private final double momentum;
    private final GradientDensity density;
    private final boolean moves;

    private GhmClassification(int bins, double momentum, GradientDensity density, boolean moves) {
        this.bins = bins;
        this.momentum = momentum;
        this.density = density;
        this.moves = moves;
    }

    /**
     * A loss that counts each batch by itself.
     *
     * @param bins M, the number of bins of gradient norms, ≥ 1; 30 in the authors' code. One bin makes it
     *     cross-entropy
     * @throws IllegalArgumentException if {@code bins} is below 1
     */
    public static GhmClassification of(int bins) {
        return new GhmClassification(bins, 0, new GradientDensity(bins, 0), true);
    }

    /**
     * A copy with moving counts of its own, all 0.
     *
     * @param newMomentum m in [0, 1): how much of the former counts remains; 0.75 in the authors' code, 0 for none
     * @throws IllegalArgumentException if {@code newMomentum} is out of range
     */
    public GhmClassification withMomentum(double newMomentum) {
        return new GhmClassification(bins, newMomentum, new GradientDensity(bins, newMomentum), true);
    }

    /** {@inheritDoc} It uses the current counts of this loss. */
    @Override
    public GhmClassification frozen() {
        return new GhmClassification(bins, momentum, density, false);
    }

    /** {@inheritDoc} One for every number, its weight included. */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        return harmonized(logits, targets, null);
    }

    /** {@inheritDoc} One for every number; what has weight 0 is not counted. */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets, NDArray weights) {
        return harmonized(logits, targets, weights);
    }

    private NDArray harmonized(NDArray logits, NDArray targets, @Nullable NDArray weights) {
        NDArray crossEntropy = CROSS_ENTROPY.perElement(logits, targets);
        NDArray norms = Activation.sigmoid(logits.stopGradient()).subi(targets).abs();
        return crossEntropy.mul(density.weights(norms, weights, moves));
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
        return "GhmClassification[bins=" + bins + ", momentum=" + momentum + "]";
    }
}
