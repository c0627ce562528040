package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.errata.core.problem.ArgumentChecks;

/**
 * Self-adjusting dice loss from logits, for one class or many labels at once: {@code 1 − (2wy + s) / (w + y + s)} with
 * {@code w = (1 − p)^α · p} and {@code p = σ(logit)}. The factor down-weights easy elements, with p near 1; it takes
 * part in the gradient. Losses are in [0, 1]. Li et al. 2019, arXiv 1911.02855.
 *
 * <p>As in the paper, w is largest at p = 1/(1 + α). Above that the loss of a positive rises again and that of a
 * negative falls: the loss separates classes, but its scores are not probabilities, and a confidently wrong negative
 * has little effect. With s = 0 a negative has loss 1 and gradient 0 whatever is predicted, so s should be above 0.
 *
 * <p>Immutable and thread-safe.
 */
public final class SelfAdjustingDiceLoss implements ClassificationLoss {

    private final double alpha;
    private final double smoothing;

    private SelfAdjustingDiceLoss(double alpha, double smoothing) {
        ArgumentChecks.check(alpha >= 0 && alpha < Double.POSITIVE_INFINITY, "alpha", "must be >= 0 and finite", alpha);
        this.alpha = alpha;
        this.smoothing = LossArrays.requireSmoothing(smoothing);
    }

    /**
     * A self-adjusting dice loss.
     *
     * @param alpha how strongly easy elements are down-weighted, ≥ 0; 1 in the paper's equation, 0 for not at all
     * @param smoothing s ≥ 0; 1 is usual
     * @throws IllegalArgumentException if {@code alpha} or {@code smoothing} is negative or not finite
     */
    public static SelfAdjustingDiceLoss of(double alpha, double smoothing) {
        return new SelfAdjustingDiceLoss(alpha, smoothing);
    }

    /**
     * {@inheritDoc} The result has the shape of {@code logits}.
     *
     * <p>As exp(x − (1 + α)·softplus(x)), w has a finite gradient for every α; one minus the quotient is (w + y − 2wy)
     * over the same, which is not below 0, not even when rounded.
     */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        LossArrays.requireTargets(logits, targets);
        NDArray down = Activation.softPlus(logits).mul(LossArrays.scalar(logits, 1 + alpha));
        NDArray w = logits.sub(down).exp();
        NDArray both = w.add(targets);
        NDArray apart = both.sub(w.mul(targets.add(targets)));
        return apart.div(LossArrays.smooth(both, smoothing));
    }

    @Override
    public String toString() {
        return "SelfAdjustingDiceLoss[alpha=" + alpha + ", smoothing=" + smoothing + "]";
    }
}
