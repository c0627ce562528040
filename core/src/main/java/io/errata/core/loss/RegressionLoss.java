package io.errata.core.loss;

import ai.djl.ndarray.NDArray;

/**
 * A loss of predicted numbers, such as box offsets or corners, against the true ones. An <em>element</em> is a number
 * for {@link SmoothL1} and {@link GhmRegression}, and a row, that is a box, for {@link GeneralizedIouLoss}. Weights,
 * gradients and managers are as in {@link ClassificationLoss}. Implementations are immutable unless they say
 * otherwise, and your own may be a lambda.
 */
@FunctionalInterface
public interface RegressionLoss {

    /**
     * The loss of every element, neither weighted nor averaged. Belongs to the manager of {@code predictions}.
     *
     * @param predictions any real number; carry the gradient
     * @param targets of the shape and type of {@code predictions}; carry no gradient
     * @return the loss of every element, ≥ 0
     * @throws IllegalArgumentException if {@code targets} do not fit {@code predictions}
     */
    NDArray perElement(NDArray predictions, NDArray targets);

    /**
     * The weighted loss of every element; weight 0 leaves it out.
     *
     * @param weights ≥ 0, of the shape of {@link #perElement}, or one that broadcasts to it; carry no gradient
     * @throws IllegalArgumentException if {@code weights} do not broadcast to the shape of the elements, or carry a
     *     gradient
     */
    default NDArray perElement(NDArray predictions, NDArray targets, NDArray weights) {
        return LossArrays.weigh(perElement(predictions, targets), weights);
    }

    /** The sum over all elements, of shape {@code ()}; 0 where there are none. */
    default NDArray sum(NDArray predictions, NDArray targets) {
        return perElement(predictions, targets).sum();
    }

    /**
     * The weighted sum over all elements, of shape {@code ()}.
     *
     * @param weights as {@link #perElement(NDArray, NDArray, NDArray)} takes them
     * @throws IllegalArgumentException if {@code weights} do not fit
     */
    default NDArray sum(NDArray predictions, NDArray targets, NDArray weights) {
        return perElement(predictions, targets, weights).sum();
    }
}
