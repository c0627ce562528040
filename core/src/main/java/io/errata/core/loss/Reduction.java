package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * How the losses of a batch are reduced to the number that is minimised. Weights are not normalised: doubling all
 * doubles it.
 */
public enum Reduction {
    /** The sum. */
    SUM {
        @Override
        NDArray of(ClassificationLoss loss, NDArray logits, NDArray targets) {
            return loss.sum(logits, targets);
        }

        @Override
        NDArray of(ClassificationLoss loss, NDArray logits, NDArray targets, NDArray weights) {
            return loss.sum(logits, targets, weights);
        }
    },

    /** The sum divided by the number of elements; with weights, of those whose weight is not 0, but at least 1. */
    MEAN {
        @Override
        NDArray of(ClassificationLoss loss, NDArray logits, NDArray targets) {
            return loss.mean(logits, targets);
        }

        @Override
        NDArray of(ClassificationLoss loss, NDArray logits, NDArray targets, NDArray weights) {
            NDArray elements = loss.perElement(logits, targets, weights);
            if (!LossArrays.broadcasts(weights.getShape(), elements.getShape())) {
                return elements.mean(); // weights of numbers that each loss is the sum of
            }
            NDArray counted = LossArrays.counted(weights, targets).broadcast(elements.getShape());
            return divided(elements, counted);
        }
    },

    /**
     * The sum divided by max(1, sum of the targets), see {@link ClassificationLoss#perPositive}; with weights, of the
     * targets of elements whose weight is not 0.
     */
    PER_POSITIVE {
        @Override
        NDArray of(ClassificationLoss loss, NDArray logits, NDArray targets) {
            return loss.perPositive(logits, targets);
        }

        @Override
        NDArray of(ClassificationLoss loss, NDArray logits, NDArray targets, NDArray weights) {
            NDArray elements = loss.perElement(logits, targets, weights);
            Shape shape = targets.getShape();
            boolean rows = elements.getShape().dimension() < shape.dimension();
            NDArray positives = rows ? targets.sum(new int[] {shape.dimension() - 1}) : targets;
            return divided(elements, positives.mul(LossArrays.counted(weights, targets)));
        }
    };

    /** The reduced loss, of shape {@code ()}. */
    abstract NDArray of(ClassificationLoss loss, NDArray logits, NDArray targets);

    /** The reduced weighted loss, of shape {@code ()}. */
    abstract NDArray of(ClassificationLoss loss, NDArray logits, NDArray targets, NDArray weights);

    private static NDArray divided(NDArray elements, NDArray counts) {
        return elements.sum().div(counts.sum().maximum(LossArrays.scalar(counts, 1)));
    }
}
