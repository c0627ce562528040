package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Dice loss from logits: {@code 1 − (2·Σpy + s) / (Σp + Σy + s)}, one minus the overlap of prediction and truth. It
 * looks at overlap only, so true negatives, however many, do not count. Milletari et al. 2016, arXiv 1606.04797, whose
 * denominator has squares ({@link #withSquares()}); the smoothing s was added later by others.
 *
 * <p>The sums run over the batch, one for each class along the last axis: logits {@code [N, …, C]} give losses
 * {@code [1, …, 1, C]} (a vector is one class). {@link #perRow()} sums over the last axis instead: {@code [N, C]}
 * gives {@code [N, 1]}. Weights are those of the numbers, not of the losses: they broadcast to the logits, count
 * within both sums, and 0 leaves a number out. Losses are in [0, 1].
 *
 * <p>Nothing true and nothing predicted is a loss of 0. With s = 0 a class without positives has loss 1 and gradient 0
 * whatever is predicted; with s above 0 it is pushed down.
 *
 * <p>Immutable and thread-safe.
 */
public final class DiceLoss implements ClassificationLoss {

    private final double smoothing;
    private final boolean softmax;
    private final boolean rows;
    private final boolean squares;

    private DiceLoss(double smoothing, boolean softmax, boolean rows, boolean squares) {
        this.smoothing = LossArrays.requireSmoothing(smoothing);
        this.softmax = softmax;
        this.rows = rows;
        this.squares = squares;
    }

    /**
     * A loss of sigmoids, over the batch, one for each class.
     *
     * @param smoothing s ≥ 0, in positives; 1 is usual
     * @throws IllegalArgumentException if {@code smoothing} is negative or not finite
     */
    public static DiceLoss of(double smoothing) {
        return new DiceLoss(smoothing, false, false, false);
    }

    /** A copy for exclusive classes: p is the softmax over the last axis. */
    public DiceLoss overSoftmax() {
        return new DiceLoss(smoothing, true, rows, squares);
    }

    /** A copy that sums over the last axis instead of the batch. */
    public DiceLoss perRow() {
        return new DiceLoss(smoothing, softmax, true, squares);
    }

    /** A copy with {@code Σp² + Σy² + s} below, as in V-Net: near an answer its gradient fades. */
    public DiceLoss withSquares() {
        return new DiceLoss(smoothing, softmax, rows, true);
    }

    /** {@inheritDoc} One for each class, or each row, see above. */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        return dice(logits, targets, null);
    }

    /**
     * {@inheritDoc} One for each class, or each row, see above.
     *
     * @param weights of the shape of {@code logits}, or one that broadcasts to it
     */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets, NDArray weights) {
        LossArrays.requireWeights(weights, logits.getShape());
        return dice(logits, targets, weights);
    }

    /**
     * One minus the quotient is that of Σ(p + y − 2py), or of Σ(p − y)², in which no term is below 0, not even when
     * rounded.
     */
    private NDArray dice(NDArray logits, NDArray targets, @Nullable NDArray weights) {
        LossArrays.requireTargets(logits, targets);
        NDArray p = softmax ? logits.softmax(-1) : Activation.sigmoid(logits);
        NDArray both = squares ? p.square().add(targets.square()) : p.add(targets);
        NDArray apart = squares ? p.sub(targets).square() : both.sub(p.mul(targets.add(targets)));
        NDArray above = total(weights == null ? apart : apart.mul(weights));
        NDArray below = total(weights == null ? both : both.mul(weights));
        return above.div(LossArrays.smooth(below, smoothing));
    }

    private NDArray total(NDArray numbers) {
        Shape shape = numbers.getShape();
        int last = shape.dimension() - 1;
        int[] summed =
                rows ? new int[] {last} : IntStream.range(0, Math.max(1, last)).toArray();
        return numbers.sum(summed, true);
    }

    @Override
    public String toString() {
        return "DiceLoss[smoothing=" + smoothing + (softmax ? ", softmax" : "") + (rows ? ", per row" : "")
                + (squares ? ", squares" : "") + "]";
    }
}
