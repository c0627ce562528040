package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.ClassWeights;
import org.jspecify.annotations.Nullable;

/**
 * Softmax of rows of exclusive classes along the last axis. A row of targets sums to 1, or to 0 to leave the row out:
 * its terms and its gradient are then 0.
 *
 * @param logProbabilities log p; carry the gradient
 * @param labels w·y, targets times the weight of their class
 */
record SoftmaxRows(NDArray logProbabilities, NDArray labels) {

    static SoftmaxRows of(NDArray logits, NDArray targets, @Nullable ClassWeights weights) {
        LossArrays.requireTargets(logits, targets);
        Shape shape = logits.getShape();
        if (shape.isScalar() || shape.get(shape.dimension() - 1) < 2) {
            throw ArgumentChecks.failure(
                    "logits of exclusive classes",
                    "must be 2 or more along the last axis",
                    shape + "; for objects against background use ImplicitBackground");
        }
        NDArray labels =
                weights == null ? targets : targets.mul(LossArrays.row("class weights", targets, weights.toArray()));
        return new SoftmaxRows(logits.logSoftmax(-1), labels);
    }

    /** −w·y·log p of every class, to be summed over the last axis. */
    NDArray crossEntropies() {
        return logProbabilities.mul(labels.neg());
    }

    /** 1 − p of every class, never below 0 though p may be rounded up. */
    NDArray errorProbabilities() {
        return Activation.relu(logProbabilities.exp().neg().add(1));
    }

    /** One number a row. */
    static NDArray sum(NDArray terms) {
        return terms.sum(new int[] {-1});
    }
}
