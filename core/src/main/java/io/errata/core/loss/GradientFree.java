package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The one place where Java numbers meet arrays: labels and constants, which carry no gradient. See the package documentation for why
 * this matters. Nothing returned here lives in a Java buffer, so autograd may keep it.
 */
final class GradientFree {

    private GradientFree() {}

    /** A constant of shape {@code ()}, of the type, on the device and in the manager of {@code like}, which may carry a gradient. */
    static NDArray scalar(NDArray like, double value) {
        DataType type = like.getDataType();
        NDArray scalar = like.getManager().full(new Shape(), (float) value, type, like.getDevice());
        return type == DataType.FLOAT64 ? scalar.add(value - (float) value) : scalar;
    }

    /**
     * {@code scale · labels + offset}.
     *
     * @throws InvalidInputException if {@code labels} carry a gradient
     */
    static NDArray affine(NDArray labels, double scale, double offset) {
        refuseGradient("labels", labels);
        return labels.mul(number(labels, scale)).addi(number(labels, offset));
    }

    /**
     * {@code labels · factors}, the factors along the last axis, or one for all.
     *
     * @throws InvalidInputException if {@code labels} carry a gradient, or their last axis is not as long as {@code factors}
     */
    static NDArray scale(NDArray labels, double[] factors) {
        if (factors.length == 1) {
            return affine(labels, factors[0], 0);
        }
        refuseGradient("labels", labels);
        return labels.mul(row("positive weights", labels, factors));
    }

    /**
     * Constants of shape {@code [C]}, of the type, on the device and in the manager of {@code like}, which may carry a gradient.
     *
     * @param name what the constants are, for the message
     * @throws InvalidInputException if the last axis of {@code like} is not as long as {@code values}
     */
    static NDArray row(String name, NDArray like, double[] values) {
        Shape shape = like.getShape();
        if (shape.isScalar() || shape.get(shape.dimension() - 1) != values.length) {
            throw invalid(name + " must be one a class along the last axis, found " + values.length + " for " + shape);
        }
        NDArray row = like.getManager().create(values).toType(like.getDataType(), true);
        return row.toDevice(like.getDevice(), false);
    }

    /**
     * Checks what every loss asks of its targets.
     *
     * @throws InvalidInputException if {@code targets} are not of the shape and type of {@code predictions}, or carry a gradient
     */
    static void requireTargets(NDArray predictions, NDArray targets) {
        List<Problem> problems = new ArrayList<>();
        if (!targets.getShape().equals(predictions.getShape())) {
            problems.add(problem("targets must have the shape of the predictions, " + predictions.getShape()
                    + ", found " + targets.getShape()));
        }
        if (targets.getDataType() != predictions.getDataType()) {
            problems.add(problem("targets must have the type of the predictions, " + predictions.getDataType()
                    + ", found " + targets.getDataType()));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        refuseGradient("targets", targets);
    }

    static InvalidInputException invalid(String problem) {
        return new InvalidInputException(problem(problem));
    }

    private static Problem problem(String problem) {
        return Problem.of("loss", problem);
    }

    private static void refuseGradient(String name, NDArray array) {
        if (array.hasGradient()) {
            throw invalid(name + " must carry no gradient, found an array that does; pass array.stopGradient()");
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
