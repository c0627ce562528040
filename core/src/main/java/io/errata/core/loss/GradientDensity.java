package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many elements of a batch have a gradient of about the same norm, and the weights that even this out: with M bins over norms
 * in [0, 1], an element weighs {@code N / (count of its bin · bins that are not empty)}. Bins have the edges i/M, the last + 1e-6
 * so that a norm of 1 is in it. Li et al. 2018, arXiv 1811.05181.
 *
 * <p>With momentum m the count is a moving one, {@code m·before + (1 − m)·now}, of bins that are not empty now. It stays on the
 * device. Not thread-safe then.
 */
final class GradientDensity implements AutoCloseable {

    private static final double PAST_THE_END = 1e-6;

    /** Added to a norm, takes it out of all bins. */
    private static final double NOWHERE = 2;

    private final int bins;
    private final double momentum;
    private float[] initial;

    /** Holds nothing but {@link #moving}; of its own, because the counts outlive the step. */
    @Nullable
    NDManager owner;

    private @Nullable NDArray moving;

    GradientDensity(int bins, double momentum) {
        if (bins < 1) {
            throw GradientFree.invalid("bins must be >= 1, found " + bins);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw GradientFree.invalid("momentum must be in [0, 1), found " + momentum);
        }
        this.bins = bins;
        this.momentum = momentum;
        initial = new float[bins];
    }

    /**
     * The weight of every element.
     *
     * @param norms in [0, 1], any shape; carry no gradient. NaN is in no bin
     * @param weights 0 leaves an element out, others are multiplied in; {@code null} for 1 throughout
     * @param moves whether moving counts move on; if not they are only looked at
     * @return of the shape of {@code norms}; 0 for what is in no bin
     */
    NDArray weights(NDArray norms, @Nullable NDArray weights, boolean moves) {
        if (weights == null) {
            return harmonizing(norms, moves);
        }
        GradientFree.requireWeights(weights, norms.getShape());
        NDArray leftOut = GradientFree.affine(GradientFree.counted(weights, norms), -NOWHERE, NOWHERE);
        return harmonizing(norms.add(leftOut), moves).mul(weights);
    }

    private NDArray harmonizing(NDArray norms, boolean moves) {
        NDArray membership = membership(norms);
        NDArray counts = membership.sum(new int[] {0});
        NDArray density = momentum > 0 ? move(counts, moves) : counts;
        NDArray bins = counts.neq(0).sum();
        NDArray spread = density.mul(bins).addi(counts.eq(0)); // an empty bin is nobody's: anything but 0
        return membership.matMul(counts.sum().div(spread)).reshape(norms.getShape());
    }

    /** 1 where an element is in a bin, else 0: {@code [elements, bins]}. */
    private NDArray membership(NDArray norms) {
        double[] edges = new double[bins + 1];
        Arrays.setAll(edges, i -> i / (double) bins);
        edges[bins] += PAST_THE_END;
        NDArray column = norms.reshape(norms.size(), 1);
        NDArray above = column.gte(GradientFree.row(norms, Arrays.copyOf(edges, bins)));
        NDArray below = column.lt(GradientFree.row(norms, Arrays.copyOfRange(edges, 1, bins + 1)));
        return above.logicalAnd(below).toType(norms.getDataType(), false);
    }

    /** {@code before + (1 − m)·(counts − before)} where a bin is filled. What is computed belongs to the step. */
    private NDArray move(NDArray counts, boolean moves) {
        NDArray before = before(counts);
        NDArray change = counts.sub(before).muli(counts.neq(0));
        NDArray after = GradientFree.affine(change, 1 - momentum, 0).addi(before);
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
        if (counts.length != bins) {
            throw GradientFree.invalid("counts must be one a bin, " + bins + ", found " + counts.length);
        }
        for (float count : counts) {
            if (!(count >= 0 && count < Float.POSITIVE_INFINITY)) {
                throw GradientFree.invalid("counts must be >= 0 and finite, found " + count);
            }
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
