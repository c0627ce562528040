package io.errata.detection.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.errata.core.loss.BoxLossSettings;
import io.errata.core.loss.RegressionLoss;
import io.errata.core.loss.SmoothL1;
import io.errata.datasets.patch.BoxOffsets;

/**
 * The loss of the positives' boxes: of their offsets as the network predicts them, or of the boxes that these make.
 *
 * @param loss of one or the other
 * @param comparesBoxes whether {@code loss} is given corners, in frames of the window about its centre, instead of offsets
 * @param weight beside 1 for the classes
 */
public record BoxLoss(RegressionLoss loss, boolean comparesBoxes, double weight) {

    /** The largest logarithm of an extent, in frames, that is told apart: the loss stays finite whatever the network says. */
    private static final float MOST = 4;

    /** The loss that these settings describe. */
    public static BoxLoss of(BoxLossSettings settings) {
        return new BoxLoss(settings.regression(), settings.comparesBoxes(), settings.weight());
    }

    /** Smooth L1 of the offsets with β 0.5. */
    public static BoxLoss smoothL1(double weight) {
        return new BoxLoss(SmoothL1.of(0.5), false, weight);
    }

    /**
     * The weighted sum over the positives, of shape {@code ()}.
     *
     * @param predicted box offsets divided by their scale, shape {@code [P, 4]}; carry the gradient
     * @param offsets the true ones
     * @param weights of the positives, shape {@code [P, 1]}
     */
    NDArray sum(NDArray predicted, NDArray offsets, NDArray weights) {
        NDArray elements = comparesBoxes
                ? loss.perElement(corners(predicted), corners(offsets), weights.reshape(-1))
                : loss.perElement(predicted, offsets, weights);
        return elements.sum().mul(scalar(predicted, weight));
    }

    /** Centre and extent in frames as x1, y1, x2, y2. */
    private static NDArray corners(NDArray offsets) {
        NDArray scaled = offsets.mul(scalar(offsets, BoxOffsets.SCALE));
        NDArray centre = scaled.get(new NDIndex(":, 0:2"));
        NDArray half = scaled.get(new NDIndex(":, 2:4")).clip(-MOST, MOST).exp().mul(scalar(offsets, 0.5));
        return NDArrays.concat(new NDList(centre.sub(half), centre.add(half)), 1);
    }

    private static NDArray scalar(NDArray like, double value) {
        return like.getManager().full(new Shape(), (float) value, like.getDataType(), like.getDevice());
    }
}
