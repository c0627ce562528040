package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import io.errata.core.problem.ArgumentChecks;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Focal loss from logits, for one class or many labels at once: {@code −α_t·(1 − p_t)^γ·log p_t} with
 * {@code p = σ(logit)}, {@code p_t = p·y + (1 − p)·(1 − y)} and {@code α_t = α·y + (1 − α)·(1 − y)}. It is
 * cross-entropy, down-weighted where the answer is already right; the factor takes part in the gradient. For exclusive
 * classes there is {@link SoftmaxFocalLoss}. Lin et al. 2017, arXiv 1708.02002, equation 5.
 *
 * <p>γ = 0 without α is exactly {@link BinaryCrossEntropy}. Value and gradient are finite for every finite logit, also
 * for γ below 1 where p_t rounds to 1. For soft labels log p_t stands for the cross-entropy with them, as in
 * torchvision's {@code sigmoid_focal_loss}; the loss of a mixed example is different: λ times the loss with the labels
 * of one plus 1 − λ times that with the labels of the other.
 *
 * <p>In dense detection sum it with {@link #perPositive} and start the classifier's bias at −log((1 − π)/π), π = 0.01.
 *
 * <p>Immutable and thread-safe.
 */
public final class FocalLoss implements ClassificationLoss {

    private final @Nullable Double alpha;
    private final ModulatingFactor modulator;

    private FocalLoss(@Nullable Double alpha, double gamma) {
        this.alpha = alpha;
        this.modulator = ModulatingFactor.of("gamma", gamma);
    }

    /**
     * A focal loss that weighs positives by α and negatives by 1 − α.
     *
     * @param alpha the weight of positives, in [0, 1]; negatives weigh 1 − α. The paper's choice is 0.25
     * @param gamma how strongly right answers are down-weighted, ≥ 0. The paper's choice is 2
     * @throws IllegalArgumentException if {@code alpha} or {@code gamma} is out of range
     */
    public static FocalLoss of(double alpha, double gamma) {
        ArgumentChecks.check(alpha >= 0 && alpha <= 1, "alpha", "must be in [0, 1]", alpha);
        return new FocalLoss(alpha, gamma);
    }

    /**
     * A focal loss in which positives and negatives weigh the same.
     *
     * @param gamma how strongly right answers are down-weighted, ≥ 0
     * @throws IllegalArgumentException if {@code gamma} is out of range
     */
    public static FocalLoss withoutAlpha(double gamma) {
        return new FocalLoss(null, gamma);
    }

    /** The weight of positives, where one is set. */
    public OptionalDouble alpha() {
        return alpha == null ? OptionalDouble.empty() : OptionalDouble.of(alpha);
    }

    /** How strongly right answers are down-weighted. */
    public double gamma() {
        return modulator.exponent();
    }

    /** {@inheritDoc} The result has the shape of {@code logits}. */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        LossArrays.requireTargets(logits, targets);
        SignedLogits signed = SignedLogits.of(logits, targets);
        NDArray loss = modulator.modulate(signed.crossEntropy(), signed.errorProbability());
        return alpha == null ? loss : loss.mul(LossArrays.affine(targets, 2 * alpha - 1, 1 - alpha));
    }

    @Override
    public String toString() {
        return "FocalLoss[" + (alpha == null ? "" : "alpha=" + alpha + ", ") + "gamma=" + gamma() + "]";
    }
}
