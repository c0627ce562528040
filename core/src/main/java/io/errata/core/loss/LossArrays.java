package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;

/**
 * The only class that combines Java numbers with arrays: labels and constants, which carry no gradient. See the
 * package documentation for why this matters. Nothing returned here lives in a Java buffer, so autograd may keep it.
 */
final class LossArrays {

    private static final double MIN_DIVISOR = 1e-30;

    private LossArrays() {}

    /**
     * A constant of shape {@code ()}, of the type, on the device and in the manager of {@code like}, which may carry a
     * gradient.
     */
    static NDArray scalar(NDArray like, double value) {
        DataType type = like.getDataType();
        NDArray scalar = like.getManager().full(new Shape(), (float) value, type, like.getDevice());
        return type == DataType.FLOAT64 ? scalar.add(value - (float) value) : scalar;
    }

    /**
     * {@code scale · labels + offset}.
     *
     * @throws IllegalArgumentException if {@code labels} carry a gradient
     */
    static NDArray affine(NDArray labels, double scale, double offset) {
        refuseGradient("labels", labels);
        NDArray scaled = labels.mul(number(labels, scale));
        return offset == 0 ? scaled : scaled.addi(number(labels, offset));
    }

    /**
     * {@code labels · factors}, the factors along the last axis, or one for all.
     *
     * @throws IllegalArgumentException if {@code labels} carry a gradient, or their last axis is not as long as
     *     {@code factors}
     */
    static NDArray scale(NDArray labels, double[] factors) {
        if (factors.length == 1) {
            return affine(labels, factors[0], 0);
        }
        refuseGradient("labels", labels);
        return labels.mul(row("positive weights", labels, factors));
    }

    /**
     * Constants of shape {@code [C]}, of the type, on the device and in the manager of {@code like}, which may carry a
     * gradient.
     *
     * @param name what the constants are, for the message
     * @throws IllegalArgumentException if the last axis of {@code like} is not as long as {@code values}
     */
    static NDArray row(String name, NDArray like, double[] values) {
        Shape shape = like.getShape();
        if (shape.isScalar() || shape.get(shape.dimension() - 1) != values.length) {
            throw ArgumentChecks.failure(
                    name, "must be one a class along the last axis", values.length + " for " + shape);
        }
        return row(like, values);
    }

    /** A constant of shape {@code (n)}, of the type, on the device and in the manager of {@code like}. */
    static NDArray row(NDArray like, double[] values) {
        NDArray row = like.getManager().create(values).toType(like.getDataType(), true);
        return row.toDevice(like.getDevice(), false);
    }

    /**
     * Checks what every loss requires of its targets.
     *
     * @throws IllegalArgumentException if {@code targets} are not of the shape and type of {@code predictions}, or
     *     carry a gradient
     */
    static void requireTargets(NDArray predictions, NDArray targets) {
        boolean fits = targets.getShape().equals(predictions.getShape());
        boolean sameType = targets.getDataType() == predictions.getDataType();
        if (!fits || !sameType) {
            String shape = "must have the shape of the predictions, " + predictions.getShape();
            String type = "must have the type of the predictions, " + predictions.getDataType();
            new ArgumentChecks()
                    .require(fits, "targets", shape, targets.getShape())
                    .require(sameType, "targets", type, targets.getDataType())
                    .verify();
        }
        refuseGradient("targets", targets);
    }

    /**
     * {@code elements · weights}; the elements may carry a gradient.
     *
     * @throws IllegalArgumentException if {@code weights} do not fit, see {@link #requireWeights}
     */
    static NDArray weigh(NDArray elements, NDArray weights) {
        requireWeights(weights, elements.getShape());
        return elements.mul(weights);
    }

    /**
     * Checks what every loss requires of its weights.
     *
     * @throws IllegalArgumentException if {@code weights} do not broadcast to {@code shape}, or carry a gradient
     */
    static void requireWeights(NDArray weights, Shape shape) {
        if (!broadcasts(weights.getShape(), shape)) {
            throw ArgumentChecks.failure("weights", "must broadcast to " + shape, weights.getShape());
        }
        refuseGradient("weights", weights);
    }

    /** Whether an array of one shape can stand for one of the other, each axis repeated or as long. */
    static boolean broadcasts(Shape from, Shape to) {
        int missing = to.dimension() - from.dimension();
        if (missing < 0) {
            return false;
        }
        for (int axis = 0; axis < from.dimension(); axis++) {
            if (from.get(axis) != 1 && from.get(axis) != to.get(axis + missing)) {
                return false;
            }
        }
        return true;
    }

    /** 1 where {@code weights} are not 0, else 0, of the type of {@code like}. */
    static NDArray counted(NDArray weights, NDArray like) {
        return weights.neq(0).toType(like.getDataType(), false);
    }

    /**
     * One number a row, shaped so that it broadcasts over the elements of the row.
     *
     * @param name what the numbers are, for the message
     * @param rows {@code [N]} or {@code [N, 1]}
     * @param logits {@code [N, …]}
     * @param elements the shape of the elements: that of the logits, or with the last axis gone or 1
     * @throws IllegalArgumentException if shapes do not fit, or {@code rows} carries a gradient
     */
    static NDArray perRow(String name, NDArray rows, Shape logits, Shape elements) {
        if (!areRowsOrNumbers(elements, logits)) {
            throw ArgumentChecks.failure(
                    name,
                    "is one a row and needs a loss of every number or row of " + logits,
                    "losses of shape " + elements);
        }
        long count = elements.get(0);
        Shape found = rows.getShape();
        if (!found.equals(new Shape(count)) && !found.equals(new Shape(count, 1))) {
            throw ArgumentChecks.failure(name, "must be one a row, (" + count + ")", found);
        }
        refuseGradient(name, rows);
        long[] ones = new long[elements.dimension()];
        Arrays.fill(ones, 1);
        ones[0] = count;
        return rows.reshape(ones);
    }

    private static boolean areRowsOrNumbers(Shape elements, Shape logits) {
        if (elements.isScalar() || logits.isScalar()) {
            return false;
        }
        Shape rows = logits.slice(0, logits.dimension() - 1);
        return elements.equals(logits) || elements.equals(rows) || elements.equals(rows.add(1));
    }

    /** {@code smoothing}, the s of the dice losses, if it is in range. */
    static double requireSmoothing(double smoothing) {
        ArgumentChecks.check(
                smoothing >= 0 && smoothing < Double.POSITIVE_INFINITY,
                "smoothing",
                "must be >= 0 and finite",
                smoothing);
        return smoothing;
    }

    /** {@code array + value}; the array may carry a gradient, which an addend does not touch. */
    static NDArray plus(NDArray array, double value) {
        return array.add(number(array, value));
    }

    /**
     * A divisor ≥ 0 plus {@code smoothing}; if that is 0, at least 1e-30, so that 0 / 0 gives 0. It may carry a
     * gradient.
     */
    static NDArray smooth(NDArray divisor, double smoothing) {
        return smoothing > 0 ? plus(divisor, smoothing) : divisor.maximum(scalar(divisor, MIN_DIVISOR));
    }

    /** Finds a gradient on leaf arrays only: the engine does not report it for arrays computed from them. */
    private static void refuseGradient(String name, NDArray array) {
        if (array.hasGradient()) {
            throw ArgumentChecks.failure(
                    name, "must carry no gradient", "an array that does; pass array.stopGradient()");
        }
    }

    /** The number in the array's own precision: a double would widen an array of shape {@code ()}. */
    private static Number number(NDArray array, double value) {
        if (array.getDataType() == DataType.FLOAT64) {
            return value;
        }
        return (float) value;
    }
}
