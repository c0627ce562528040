package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import io.errata.core.problem.ArgumentChecks;
import org.jspecify.annotations.Nullable;

/**
 * How many elements of a batch have a gradient of about the same norm, and the weights that even this out: with M bins
 * over norms in [0, 1], an element weighs {@code N / (count of its bin · bins that are not empty)}. Bins have the
 * edges i/M and hold the lower; the last holds 1 too. Li et al. 2018, arXiv 1811.05181.
 *
 * <p>With momentum m the count is a moving one, {@code m·before + (1 − m)·now}, of bins that are not empty now. It
 * stays on the device. Not thread-safe then.
 */
final class GradientDensity implements AutoCloseable {

    private final int bins;
    private final double momentum;
    private float[] initial;

    /** Holds nothing but {@link #moving}; of its own, because the counts outlive the step. */
    @Nullable
    NDManager owner;

    private @Nullable NDArray moving;

    GradientDensity(int bins, double momentum) {
        ArgumentChecks.check(bins >= 1, "bins", "must be >= 1", bins);
        ArgumentChecks.check(momentum >= 0 && momentum < 1, "momentum", "must be in [0, 1)", momentum);
        this.bins = bins;
        this.momentum = momentum;
        initial = new float[bins];
    }

    /**
     * The weight of every element.
     *
     * @param norms in [0, 1], any shape; carry no gradient. Where one is NaN, all weights are
     * @param weights 0 leaves an element out, others are multiplied in; {@code null} for 1 throughout
     * @param moves whether moving counts are updated; otherwise they are only read
     * @return of the shape of {@code norms}; 0 for what is left out
     */
    NDArray weights(NDArray norms, @Nullable NDArray weights, boolean moves) {
        if (weights == null) {
            return harmonizing(bin(norms), moves);
        }
        LossArrays.requireWeights(weights, norms.getShape());
        NDArray leftOut = LossArrays.affine(LossArrays.counted(weights, norms), bins, -bins); // 0, or before all bins
        return harmonizing(bin(norms).add(leftOut), moves).mul(weights);
    }

    /** The number of the bin, from 0; the upper edge of the last is in it. */
    private NDArray bin(NDArray norms) {
        return LossArrays.affine(norms, bins, 0).floor().clip(0, bins - 1);
    }

    private NDArray harmonizing(NDArray bin, boolean moves) {
        NDArray one = LossArrays.scalar(bin, 1);
        NDArray membership = membership(bin, one);
        NDArray counts = membership.sum(new int[] {1});
        NDArray filled = counts.minimum(one);
        NDArray density = momentum > 0 ? move(counts, moves) : counts;
        NDArray spread = density.mul(filled.sum()).addi(one.sub(filled)); // of an empty bin any number but 0 will do
        NDArray weights = counts.sum().div(spread);
        return weights.reshape(1, bins).matMul(membership).reshape(bin.getShape());
    }

    /**
     * 1 where an element is in a bin, else 0, {@code [bins, elements]}: 1 − min(1, |bin − number|), which is cheap on
     * a CPU.
     */
    private NDArray membership(NDArray bin, NDArray one) {
        NDArray numbers = bin.getManager().arange(0, bins, 1, bin.getDataType(), bin.getDevice());
        NDArray away = bin.reshape(1, bin.size()).sub(numbers.reshape(bins, 1)).abs();
        return one.sub(away.minimum(one));
    }

    /**
     * {@code m·before + (1 − m)·counts} where a bin is filled. What is computed belongs to the step. NaN moves
     * nothing.
     */
    private NDArray move(NDArray counts, boolean moves) {
        NDArray before = before(counts);
        NDArray change = counts.sub(before).muli(LossArrays.scalar(counts, 1 - momentum));
        NDArray unchanged = counts.zerosLike();
        NDArray after = NDArrays.where(counts.gt(unchanged), change, unchanged).addi(before);
        if (moves) {
            before.subi(before).addi(after);
        }
        return after;
    }

    private NDArray before(NDArray like) {
        if (moving != null && !moving.getDevice().equals(like.getDevice())) {
            restore(counts());
        }
        if (moving == null) {
            owner = NDManager.newBaseManager(
                    like.getDevice(), like.getManager().getEngine().getEngineName());
            moving = owner.create(initial);
        }
        return moving;
    }

    /** Copies to the host. */
    float[] counts() {
        return moving == null ? initial.clone() : moving.toFloatArray();
    }

    void restore(float[] counts) {
        ArgumentChecks.check(counts.length == bins, "counts", "must be one a bin, " + bins, counts.length);
        for (float count : counts) {
            ArgumentChecks.check(
                    count >= 0 && count < Float.POSITIVE_INFINITY, "counts", "must be >= 0 and finite", count);
        }
        close();
        initial = counts.clone();
    }

    /** Frees what is on the device; the counts are kept. */
    @Override
    public void close() {
        initial = counts();
        moving = null;
        if (owner != null) {
            owner.close();
            owner = null;
        }
    }
}
