package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.errata.core.problem.ArgumentChecks;

/**
 * One minus the generalised IoU of two boxes: {@code 1 − (I/U − (C − U)/C)} with I the area of the intersection, U of
 * the union and C of the smallest box around both. In [0, 2]: 0 for equal boxes, above 1 for those far apart, whose
 * gradient draws them together where that of the IoU is 0. Rezatofighi et al. 2019, arXiv 1902.09630, algorithm 2.
 *
 * <p>Boxes are rows {@code [N, 4]} of x1, y1, x2, y2, an element is a row. Both divisors have 1e-7 added, in squared
 * units of the boxes, as in torchvision's {@code generalized_box_iou_loss}: a box of no area is finite, and two such
 * boxes in one place have loss 1. Predicted corners that are the wrong way round are put in order first, as the paper
 * has it; true boxes must be in order.
 *
 * <p>Immutable and thread-safe.
 */
public final class GeneralizedIouLoss implements RegressionLoss {

    private static final double EPSILON = 1e-7;

    private GeneralizedIouLoss() {}

    /** A generalised IoU loss; it has no settings. */
    public static GeneralizedIouLoss create() {
        return new GeneralizedIouLoss();
    }

    /**
     * {@inheritDoc} One for every row: {@code [N]}.
     *
     * @param predictions boxes {@code [N, 4]}; carry the gradient
     * @param targets boxes {@code [N, 4]} with x1 ≤ x2 and y1 ≤ y2
     * @throws IllegalArgumentException if {@code targets} do not fit {@code predictions}, or these are not
     *     {@code [N, 4]}
     */
    @Override
    public NDArray perElement(NDArray predictions, NDArray targets) {
        LossArrays.requireTargets(predictions, targets);
        Shape shape = predictions.getShape();
        if (shape.dimension() != 2 || shape.get(1) != 4) {
            throw ArgumentChecks.failure("boxes", "must be [N, 4]", shape);
        }
        NDList corners = predictions.split(new long[] {2}, 1);
        NDArray inOrder = corners.get(0).lte(corners.get(1));
        NDArray low =
                NDArrays.where(inOrder, corners.get(0), corners.get(1)); // minimum would share the gradient at ties
        NDArray high = NDArrays.where(inOrder, corners.get(1), corners.get(0));
        NDList truth = targets.split(new long[] {2}, 1);
        NDArray common = Activation.relu(high.minimum(truth.get(1)).sub(low.maximum(truth.get(0))));
        NDArray around = high.maximum(truth.get(1)).sub(low.minimum(truth.get(0)));
        NDArray areas = areas(common, around, high.sub(low), truth.get(1).sub(truth.get(0)));
        NDList area = areas.split(4, 0);
        NDArray union = area.get(2).add(area.get(3)).sub(area.get(0));
        NDArray iou = area.get(0).div(LossArrays.plus(union, EPSILON));
        NDArray unused = area.get(1).sub(union).div(LossArrays.plus(area.get(1), EPSILON));
        return unused.sub(iou).add(1).squeeze(0);
    }

    /** Areas {@code [k, N]} from k arrays of widths and heights, {@code [N, 2]}. */
    private static NDArray areas(NDArray... sides) {
        NDList widthAndHeight = NDArrays.stack(new NDList(sides)).split(2, 2);
        return widthAndHeight.get(0).mul(widthAndHeight.get(1)).squeeze(2);
    }

    @Override
    public String toString() {
        return "GeneralizedIouLoss";
    }
}
