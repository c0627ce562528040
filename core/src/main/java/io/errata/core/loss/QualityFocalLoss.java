package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * Focal loss whose label is a quality, such as the IoU of the predicted box with the object, so that the score
 * measures how good a detection is: {@code |y − p|^β·BCE(x, y)} with {@code p = σ(x)} and y in [0, 1], 0 for
 * background. It is least where p = y, and {@code |y − p|^β} takes part in the gradient. Li et al. 2020, arXiv
 * 2006.04388.
 *
 * <p>For labels of 0 and 1 it is exactly {@link FocalLoss} without α and with γ = β. β = 0 is exactly
 * {@link BinaryCrossEntropy}. Value and gradient are finite for every finite logit; for β ≤ 1 the loss has a kink at p
 * = y, where the slope of the factor counts as 0.
 *
 * <p>The paper divides the sum by the number of positives; {@link #perPositive} divides by the sum of their qualities,
 * which is less. Labels mixed from two examples are not qualities: mix their losses.
 *
 * <p>Immutable and thread-safe.
 */
public final class QualityFocalLoss implements ClassificationLoss {

    private final ModulatingFactor modulator;

    private QualityFocalLoss(ModulatingFactor modulator) {
        this.modulator = modulator;
    }

    /**
     * A quality focal loss.
     *
     * @param beta how strongly right answers are down-weighted, ≥ 0. The paper's choice is 2
     * @throws IllegalArgumentException if {@code beta} is out of range
     */
    public static QualityFocalLoss of(double beta) {
        return new QualityFocalLoss(ModulatingFactor.of("beta", beta));
    }

    /** How strongly right answers are down-weighted. */
    public double beta() {
        return modulator.exponent();
    }

    /** {@inheritDoc} The result has the shape of {@code logits}. */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        LossArrays.requireTargets(logits, targets);
        SignedLogits signed = SignedLogits.of(logits, targets);
        return modulator.modulate(signed.crossEntropy(), distance(signed));
    }

    /** |y − σ(x)| = |σ(z) − r|, where r = |h − y|. */
    private static NDArray distance(SignedLogits signed) {
        NDArray r = signed.label().sub(signed.targets()).abs();
        return Activation.sigmoid(signed.signed()).sub(r).abs();
    }

    @Override
    public boolean usesQualityLabels() {
        return true;
    }

    @Override
    public String toString() {
        return "QualityFocalLoss[beta=" + beta() + "]";
    }
}
