package io.errata.core.loss;

import ai.djl.ndarray.NDArray;

/**
 * A loss of logits against labels. What an implementation defines is the loss of every element; how elements are
 * weighted and summed is the same for all. Implementations are immutable unless they say otherwise, and your own may
 * be a lambda.
 *
 * <p>An <em>element</em> is what is classified once: a binary or multi-label loss takes logits {@code [N, C]} (any
 * shape) and gives one loss for every number; a loss over exclusive classes gives one for every row, {@code [N]}. Read
 * off the shape of the result. The losses that look at the batch as a whole, {@link GhmClassification} and
 * {@link DiceLoss}, say what theirs is and what weights do to it.
 *
 * <p>Masks and per-class weights are weights: 0 leaves an element out, value and gradient. Weights carry no gradient,
 * so a normaliser of your own is best divided into them. The result of every method carries the gradient of the logits
 * and belongs to their manager; logits and targets should belong to the step. See the package documentation.
 */
@FunctionalInterface
public interface ClassificationLoss {

    /**
     * The loss of every element, neither weighted nor averaged.
     *
     * @param logits scores before the sigmoid or softmax, any real number; carry the gradient
     * @param targets labels of the shape and type of {@code logits}, in [0, 1]: 0, 1 or, from mixing, between; carry
     *     no gradient
     * @return the loss of every element, ≥ 0
     * @throws IllegalArgumentException if {@code targets} do not fit {@code logits}
     */
    NDArray perElement(NDArray logits, NDArray targets);

    /**
     * The weighted loss of every element. A loss in which an element's loss depends on which others there are
     * overrides this, so that elements of weight 0 are not among them.
     *
     * @param weights ≥ 0, of the shape of {@link #perElement}, or one that broadcasts to it; carry no gradient
     * @throws IllegalArgumentException if {@code weights} do not broadcast to the shape of the elements, or carry a
     *     gradient
     */
    default NDArray perElement(NDArray logits, NDArray targets, NDArray weights) {
        return LossArrays.weigh(perElement(logits, targets), weights);
    }

    /** The sum over all elements, of shape {@code ()}; 0 where there are none. */
    default NDArray sum(NDArray logits, NDArray targets) {
        return perElement(logits, targets).sum();
    }

    /**
     * The weighted sum over all elements, of shape {@code ()}.
     *
     * @param weights as {@link #perElement(NDArray, NDArray, NDArray)} takes them
     * @throws IllegalArgumentException if {@code weights} do not fit
     */
    default NDArray sum(NDArray logits, NDArray targets, NDArray weights) {
        return perElement(logits, targets, weights).sum();
    }

    /** The mean over all elements, of shape {@code ()}; NaN where there are none. */
    default NDArray mean(NDArray logits, NDArray targets) {
        return perElement(logits, targets).mean();
    }

    /**
     * The sum over all elements divided by max(1, sum of the targets), of shape {@code ()}: the normaliser of dense
     * detection, where easy negatives would dominate a mean (Lin et al. 2017, arXiv 1708.02002, section 4.1).
     */
    default NDArray perPositive(NDArray logits, NDArray targets) {
        NDArray positives = targets.sum().maximum(LossArrays.scalar(targets, 1));
        return sum(logits, targets).div(positives);
    }

    /**
     * The loss of every element of examples mixed from two (mixup, arXiv 1710.09412; CutMix, arXiv 1905.04899):
     * {@code λ·L(y_a) + (1 − λ)·L(y_b)}. For cross-entropy that is the loss with the soft labels
     * {@code λ·y_a + (1 − λ)·y_b}; for most others it is not, and the papers use this formula. A loss that keeps
     * counts sees two batches.
     *
     * @param logits of the mixed examples, {@code [N, …]}; carry the gradient
     * @param targets y_a, the labels with share λ
     * @param others y_b, the labels with share 1 − λ
     * @param lambda λ in [0, 1], one a row, {@code [N]} or {@code [N, 1]}; carries no gradient
     * @return of the shape of {@link #perElement}
     * @throws IllegalArgumentException if shapes do not fit, {@code lambda} carries a gradient, or the elements are
     *     neither numbers nor rows, as those of a {@link DiceLoss} over the batch
     */
    default NDArray mixed(NDArray logits, NDArray targets, NDArray others, NDArray lambda) {
        NDArray one = perElement(logits, targets);
        NDArray shares = LossArrays.perRow("lambda", lambda, logits.getShape(), one.getShape());
        NDArray other = perElement(logits, others);
        return one.mul(shares).add(other.mul(LossArrays.affine(shares, -1, 1)));
    }

    /**
     * Whether a positive's label must be the quality of its box, such as the IoU of its window with the object,
     * instead of 1.
     */
    default boolean usesQualityLabels() {
        return false;
    }

    /**
     * This loss for validation and reports: state, such as that of {@link GhmClassification}, is read but not changed.
     */
    default ClassificationLoss frozen() {
        return this;
    }

    /**
     * This loss with checks for values that lead to NaN: logits must be finite, targets and λ in [0, 1], weights
     * finite and ≥ 0. The message names the rule, the first value that breaks it and its index. Shapes are always
     * checked; values only here, because reading them copies to the host and waits for the device: for tests, first
     * steps and the search for a NaN.
     */
    default ClassificationLoss checked() {
        return new CheckedLoss(this);
    }
}
