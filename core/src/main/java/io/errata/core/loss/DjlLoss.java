package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import io.errata.core.problem.ArgumentChecks;

/**
 * A {@link ClassificationLoss} as the loss of a DJL {@code Trainer}:
 * {@code new DefaultTrainingConfig(DjlLoss.of(loss, MEAN))}. The model's last layer gives logits, without sigmoid or
 * softmax. The labels of a batch are the targets and, optionally, a second array of weights: a mask is 1 for elements
 * that count and 0 for those that do not. Targets must have the type and shape of the logits.
 *
 * <p>DJL's listeners evaluate a loss once more after each batch to report it; that leaves the counts of
 * {@link GhmClassification} with momentum alone. Such a loss is not thread-safe, so train it on one device. Like every
 * DJL loss, one is used by one trainer.
 */
public final class DjlLoss extends Loss {

    private final ClassificationLoss loss;
    private final Reduction reduction;
    private ClassificationLoss evaluated;

    private DjlLoss(ClassificationLoss loss, Reduction reduction) {
        super(loss.toString());
        this.loss = loss;
        this.reduction = reduction;
        evaluated = loss;
    }

    /** A loss for DJL, named as {@code loss} describes itself. */
    public static DjlLoss of(ClassificationLoss loss, Reduction reduction) {
        return new DjlLoss(loss, reduction);
    }

    /**
     * The loss of a batch.
     *
     * @param labels the targets, and weights if there are any
     * @param predictions the logits
     * @return of shape {@code ()}; carries the gradient of the logits
     * @throws IllegalArgumentException if there are not one or two labels and one prediction, or they do not fit each
     *     other
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        if (predictions.size() != 1) {
            throw ArgumentChecks.failure("predictions", "must be one array, the logits", predictions.size());
        }
        NDArray logits = predictions.get(0);
        return switch (labels.size()) {
            case 1 -> reduction.of(evaluated, logits, labels.get(0));
            case 2 -> reduction.of(evaluated, logits, labels.get(0), labels.get(1));
            default ->
                throw ArgumentChecks.failure(
                        "labels", "must be the targets and, optionally, weights", labels.size() + " arrays");
        };
    }

    /** {@inheritDoc} Evaluates the loss {@linkplain ClassificationLoss#frozen() frozen}. */
    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        evaluated = loss.frozen();
        try {
            super.updateAccumulators(keys, labels, predictions);
        } finally {
            evaluated = loss;
        }
    }
}
