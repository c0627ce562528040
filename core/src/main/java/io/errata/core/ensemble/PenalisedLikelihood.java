package io.errata.core.ensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.errata.core.loss.BinaryCrossEntropy;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * {@code Σ cross-entropy + l2/2 · |w|²} of linear log-odds, the last weight (the intercept) without penalty, and its
 * minimum by Newton's method with a step halved until the value falls enough. Strictly convex, so there is one
 * minimum, which is reached from any start.
 */
final class PenalisedLikelihood {

    private static final int MAX_STEPS = 100;
    /** The square of Newton's decrement, relative to the value, below which one more step changes only rounding. */
    private static final double CONVERGED = 1e-12;
    /** Keeps the step of the intercept finite where all probabilities are 0 or 1; moves no minimum. */
    private static final double DAMPING = 1e-9;

    private final NDManager manager;
    /** X, {@code [N, P]}, and its transpose. */
    private final NDArray design;

    private final NDArray transposed;
    private final double[] targets;
    private final int size;
    private final double l2;

    /**
     * The value of some rows.
     *
     * @param manager takes the arrays; the caller closes it
     * @param design {@code [N, P]}, row after row, the last column 1
     * @param labels N numbers, 0 or 1
     */
    PenalisedLikelihood(NDManager manager, double[] design, int[] labels, double l2) {
        this.manager = manager;
        this.size = design.length / labels.length;
        this.design = manager.create(design, new Shape(labels.length, size));
        this.transposed = this.design.transpose();
        this.targets = Arrays.stream(labels).asDoubleStream().toArray();
        this.l2 = l2;
    }

    /** The weights at the minimum. */
    double[] minimum() {
        RealVector weights = new ArrayRealVector(size);
        double value = value(weights);
        for (int i = 0; i < MAX_STEPS; i++) {
            Derivatives slope = slope(weights);
            RealVector step = slope.newtonStep();
            double decrement = step.dotProduct(slope.gradient);
            if (decrement <= CONVERGED * (1 + value)) {
                return weights.subtract(step).toArray();
            }
            step = shortened(weights, step, value, decrement);
            weights = weights.subtract(step);
            value = value(weights);
        }
        throw new IllegalStateException("logistic regression did not converge in " + MAX_STEPS + " steps");
    }

    /** Halves the step until it brings a quarter of what its slope promises. */
    private RealVector shortened(RealVector weights, RealVector step, double value, double decrement) {
        double share = 1;
        while (!(value(weights.subtract(step.mapMultiply(share))) <= value - 0.25 * share * decrement)
                && share > 1e-9) {
            share /= 2;
        }
        return step.mapMultiply(share);
    }

    private double value(RealVector weights) {
        try (NDManager scope = manager.newSubManager()) {
            double loss = BinaryCrossEntropy.create()
                    .sum(logits(weights, scope), targets(scope))
                    .getDouble();
            RealVector penalised = weights.getSubVector(0, size - 1);
            return loss + l2 / 2 * penalised.dotProduct(penalised);
        }
    }

    /** With p = σ(Xw) the gradient is Xᵀ(p − y) + l2·w, the Hessian Xᵀ·diag(p − p²)·X + l2·I. */
    private Derivatives slope(RealVector weights) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray p = Activation.sigmoid(logits(weights, scope));
            double[] gradient = p.sub(targets(scope)).matMul(design).toDoubleArray();
            NDArray curvature = p.sub(p.square());
            double[] hessian = curvature.mul(transposed).matMul(design).toDoubleArray();
            return penalised(gradient, hessian, weights);
        }
    }

    private Derivatives penalised(double[] gradient, double[] hessian, RealVector weights) {
        RealMatrix symmetric = new Array2DRowRealMatrix(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                symmetric.setEntry(i, j, hessian[i * size + j]);
                symmetric.setEntry(j, i, hessian[i * size + j]);
            }
            symmetric.addToEntry(i, i, i < size - 1 ? l2 : DAMPING);
        }
        RealVector penalty = weights.mapMultiply(l2);
        penalty.setEntry(size - 1, 0);
        return new Derivatives(new ArrayRealVector(gradient, false).add(penalty), symmetric);
    }

    /** {@code [1, N]}. The array of the scope stands first, so the result is the scope's. */
    private NDArray logits(RealVector weights, NDManager scope) {
        return scope.create(weights.toArray(), new Shape(1, size)).matMul(transposed);
    }

    private NDArray targets(NDManager scope) {
        return scope.create(targets, new Shape(1, targets.length));
    }

    /** First and second derivative at some weights. */
    private record Derivatives(RealVector gradient, RealMatrix hessian) {

        RealVector newtonStep() {
            return new CholeskyDecomposition(
                            hessian, CholeskyDecomposition.DEFAULT_RELATIVE_SYMMETRY_THRESHOLD, Double.MIN_NORMAL)
                    .getSolver()
                    .solve(gradient);
        }
    }
}
