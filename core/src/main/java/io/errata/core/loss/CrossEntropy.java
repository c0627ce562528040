package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import io.errata.core.weight.ClassWeights;
import org.jspecify.annotations.Nullable;

/**
 * Cross-entropy of exclusive classes from logits: {@code −Σ_c w_c·y_c·log p_c} with {@code p = softmax(logits)} along
 * the last axis and {@code w} the weights of the classes, 1 unless set. Value and gradient are finite for every finite
 * logit.
 *
 * <p>The same as PyTorch's {@code cross_entropy(…, weight=w, reduction="none")} with rows of probabilities as targets;
 * its class indices are one-hot rows here. PyTorch's {@code reduction="mean"} of class indices divides by the sum of
 * the weights that took part, of rows by their number; {@link #mean} does the latter, with either.
 *
 * <p>Immutable and thread-safe.
 */
public final class CrossEntropy implements ClassificationLoss {

    private final @Nullable ClassWeights weights;

    private CrossEntropy(@Nullable ClassWeights weights) {
        this.weights = weights;
    }

    /** All classes weigh the same. */
    public static CrossEntropy create() {
        return new CrossEntropy(null);
    }

    /** A copy in which each class's term is multiplied by its weight. */
    public CrossEntropy withClassWeights(ClassWeights classWeights) {
        return new CrossEntropy(classWeights);
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
        return SoftmaxRows.sum(SoftmaxRows.of(logits, targets, weights).crossEntropies());
    }

    @Override
    public String toString() {
        return "CrossEntropy" + (weights == null ? "" : "[classWeights=" + weights.weights() + "]");
    }
}
