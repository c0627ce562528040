package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.errata.core.problem.ArgumentChecks;

/**
 * Cross-entropy whose label is a quality, such as the IoU of the predicted box with the object, and that down-weights
 * easy negatives only: {@code y·BCE(x, y)} where y is above 0, {@code α·p^γ·BCE(x, 0)} where it is 0, with
 * {@code p = σ(x)}. Good positives weigh more than poor ones. Zhang et al. 2020, arXiv 2008.13367.
 *
 * <p>p^γ takes part in the gradient, as it does in the authors' implementation; the quality is a label and carries
 * none. Value and gradient are finite for every finite logit.
 *
 * <p>The authors divide the sum by the number of positives; {@link #perPositive} divides by the sum of their
 * qualities, which is less. Labels mixed from two examples are not qualities: mix their losses.
 *
 * <p>Immutable and thread-safe.
 */
public final class VarifocalLoss implements ClassificationLoss {

    private final double alpha;
    private final ModulatingFactor modulator;

    private VarifocalLoss(double alpha, ModulatingFactor modulator) {
        this.alpha = alpha;
        this.modulator = modulator;
    }

    /**
     * A varifocal loss.
     *
     * @param alpha the weight of negatives, > 0. The paper's choice is 0.75
     * @param gamma how strongly easy negatives are down-weighted, ≥ 0. The paper's choice is 2
     * @throws IllegalArgumentException if {@code alpha} or {@code gamma} is out of range
     */
    public static VarifocalLoss of(double alpha, double gamma) {
        ArgumentChecks.check(alpha > 0 && alpha < Double.POSITIVE_INFINITY, "alpha", "must be > 0 and finite", alpha);
        return new VarifocalLoss(alpha, ModulatingFactor.of("gamma", gamma));
    }

    /** The weight of negatives. */
    public double alpha() {
        return alpha;
    }

    /** How strongly easy negatives are down-weighted. */
    public double gamma() {
        return modulator.exponent();
    }

    /** {@inheritDoc} The result has the shape of {@code logits}. */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        LossArrays.requireTargets(logits, targets);
        NDArray loss = SignedLogits.of(logits, targets).crossEntropy();
        NDArray negative = targets.lte(0).toType(targets.getDataType(), false);
        return modulator
                .modulate(loss, Activation.sigmoid(logits))
                .mul(LossArrays.affine(negative, alpha, 0))
                .add(loss.mul(targets));
    }

    @Override
    public boolean usesQualityLabels() {
        return true;
    }

    @Override
    public String toString() {
        return "VarifocalLoss[alpha=" + alpha + ", gamma=" + gamma() + "]";
    }
}
