package io.errata.core.loss;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.function.BinaryOperator;

/** A loss's values, and the gradient of their sum with respect to its predictions. */
final class Probe {

    private final double[] values;
    private final double[] gradient;

    private Probe(double[] values, double[] gradient) {
        this.values = values;
        this.gradient = gradient;
    }

    double[] values() {
        return values;
    }

    double[] gradient() {
        return gradient;
    }

    static Probe of(BinaryOperator<NDArray> loss, double[] predictions, double[] targets) {
        return of(loss, predictions, targets, DataType.FLOAT64, () -> {});
    }

    /** @param between what happens after forward, before backward */
    static Probe of(
            BinaryOperator<NDArray> loss, double[] predictions, double[] targets, DataType type, Runnable between) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray x = manager.create(predictions).toType(type, true);
            NDArray y = manager.create(targets).toType(type, true);
            x.setRequiresGradient(true);
            NDArray values = loss.apply(x, y);
            NDArray sum = values.sum();
            between.run();
            collector.backward(sum);
            return new Probe(doubles(values), doubles(x.getGradient()));
        }
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
