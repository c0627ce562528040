package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import io.errata.core.weight.ClassWeights;
import org.jspecify.annotations.Nullable;

/**
 * Focal loss of exclusive classes from logits: {@code −Σ_c α_c·y_c·(1 − p_c)^γ·log p_c} with
 * {@code p = softmax(logits)} along the last axis and α the weights of the classes, 1 unless set; the factor takes
 * part in the gradient. For labels that do not exclude each other use {@link FocalLoss}. Lin et al. 2017, arXiv
 * 1708.02002, whose sigmoid is replaced.
 *
 * <p>γ = 0 is exactly {@link CrossEntropy}. The loss of a mixed example is λ times the loss with the labels of one
 * plus 1 − λ times that with the labels of the other. Value and gradient are finite for every finite logit, also for γ
 * below 1 where p_c rounds to 1.
 *
 * <p>Immutable and thread-safe.
 */
public final class SoftmaxFocalLoss implements ClassificationLoss {

    private final ModulatingFactor modulator;
    private final @Nullable ClassWeights alpha;

    private SoftmaxFocalLoss(ModulatingFactor modulator, @Nullable ClassWeights alpha) {
        this.modulator = modulator;
        this.alpha = alpha;
    }

    /**
     * A focal loss in which all classes weigh the same.
     *
     * @param gamma how strongly right answers are down-weighted, ≥ 0. The paper's choice is 2
     * @throws IllegalArgumentException if {@code gamma} is out of range
     */
    public static SoftmaxFocalLoss of(double gamma) {
        return new SoftmaxFocalLoss(ModulatingFactor.of("gamma", gamma), null);
    }

    /** A copy in which each class's term is multiplied by its weight, α. */
    public SoftmaxFocalLoss withClassWeights(ClassWeights classWeights) {
        return new SoftmaxFocalLoss(modulator, classWeights);
    }

    /** How strongly right answers are down-weighted. */
    public double gamma() {
        return modulator.exponent();
    }

    /**
     * {@inheritDoc}
     *
     * @param logits {@code [..., C]}, C ≥ 2
     * @param targets {@code [..., C]}; a row sums to 1, or to 0 where it is to count for nothing
     * @return {@code [...]}, one loss a row
     * @throws IllegalArgumentException also if there is only one class, or class weights are not one a class
     */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        SoftmaxRows rows = SoftmaxRows.of(logits, targets, alpha);
        return SoftmaxRows.sum(modulator.modulate(rows.crossEntropies(), rows.errorProbabilities()));
    }

    @Override
    public String toString() {
        return "SoftmaxFocalLoss["
                + (alpha == null ? "" : "classWeights=" + alpha.weights() + ", ")
                + "gamma=" + gamma() + "]";
    }
}
