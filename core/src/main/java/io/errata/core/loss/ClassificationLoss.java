package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import io.errata.core.problem.InvalidInputException;

/**
 * A loss of logits against labels. What an implementation defines is the loss of every element; how elements are weighted and summed
 * is the same for all. Implementations are immutable unless they say otherwise, and your own may be a lambda.
 *
 * <p>An <em>element</em> is what is classified once: a binary or multi-label loss takes logits {@code [N, C]} (any shape) and gives
 * one loss for every number; a loss over exclusive classes gives one for every row. Read off the shape of the result.
 *
 * <p>Masks and per-class weights are weights: 0 leaves an element out, value and gradient. Weights carry no gradient, so a
 * normaliser of your own is best divided into them. The result of every method carries the gradient of the logits and belongs to
 * their manager; logits and targets should belong to the step. See the package documentation.
 */
@FunctionalInterface
public interface ClassificationLoss {

    /**
     * The loss of every element, neither weighted nor averaged.
     *
     * @param logits scores before the sigmoid or softmax, any real number; carry the gradient
     * @param targets labels of the shape and type of {@code logits}, in [0, 1]: 0, 1 or, from mixing, between; carry no gradient
     * @return the loss of every element, ≥ 0
     * @throws InvalidInputException if {@code targets} do not fit {@code logits}
     */
    NDArray perElement(NDArray logits, NDArray targets);

    /** The sum over all elements, of shape {@code ()}; 0 where there are none. */
    default NDArray sum(NDArray logits, NDArray targets) {
        return perElement(logits, targets).sum();
    }

    /**
     * The weighted sum over all elements, of shape {@code ()}.
     *
     * @param weights of the shape of {@link #perElement}, or one that broadcasts to it; carry no gradient
     * @throws InvalidInputException if {@code weights} do not broadcast to the shape of the elements
     */
    default NDArray sum(NDArray logits, NDArray targets, NDArray weights) {
        NDArray elements = perElement(logits, targets);
        NDArray weighted = elements.mul(weights);
        if (!weighted.getShape().equals(elements.getShape())) {
            throw GradientFree.invalid(
                    "weights must broadcast to " + elements.getShape() + ", found " + weights.getShape());
        }
        return weighted.sum();
    }

    /** The mean over all elements, of shape {@code ()}; NaN where there are none. */
    default NDArray mean(NDArray logits, NDArray targets) {
        return perElement(logits, targets).mean();
    }

    /**
     * The sum over all elements divided by max(1, sum of the targets), of shape {@code ()}: the normaliser of dense detection, where
     * easy negatives would drown a mean (Lin et al. 2017, arXiv 1708.02002, section 4.1).
     */
    default NDArray perPositive(NDArray logits, NDArray targets) {
        NDArray positives = targets.sum().maximum(GradientFree.scalar(targets, 1));
        return sum(logits, targets).div(positives);
    }
}
