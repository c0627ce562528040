package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/** A loss that checks the values of its arguments first; see {@link ClassificationLoss#checked()}. */
record CheckedLoss(ClassificationLoss loss) implements ClassificationLoss {

    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        check(logits, targets);
        return loss.perElement(logits, targets);
    }

    @Override
    public NDArray perElement(NDArray logits, NDArray targets, NDArray weights) {
        check(logits, targets, weights(weights));
        return loss.perElement(logits, targets, weights);
    }

    @Override
    public NDArray sum(NDArray logits, NDArray targets) {
        check(logits, targets);
        return loss.sum(logits, targets);
    }

    @Override
    public NDArray sum(NDArray logits, NDArray targets, NDArray weights) {
        check(logits, targets, weights(weights));
        return loss.sum(logits, targets, weights);
    }

    @Override
    public NDArray mean(NDArray logits, NDArray targets) {
        check(logits, targets);
        return loss.mean(logits, targets);
    }

    @Override
    public NDArray perPositive(NDArray logits, NDArray targets) {
        check(logits, targets);
        return loss.perPositive(logits, targets);
    }

    @Override
    public NDArray mixed(NDArray logits, NDArray targets, NDArray others, NDArray lambda) {
        check(logits, targets, fraction("other targets", others), fraction("lambda", lambda));
        return loss.mixed(logits, targets, others, lambda);
    }

    @Override
    public ClassificationLoss frozen() {
        return new CheckedLoss(loss.frozen());
    }

    @Override
    public boolean usesQualityLabels() {
        return loss.usesQualityLabels();
    }

    @Override
    public ClassificationLoss checked() {
        return this;
    }

    private record Rule(String name, NDArray array, String condition, DoublePredicate holds) {

        void check(ArgumentChecks checks) {
            double[] values = array.toType(DataType.FLOAT64, false).toDoubleArray();
            double[] broken = Arrays.stream(values).filter(holds.negate()).toArray();
            if (broken.length > 0) {
                int first = 0;
                while (holds.test(values[first])) {
                    first++;
                }
                String others = broken.length == 1 ? "" : " and " + (broken.length - 1) + " more";
                checks.require(false, name, "must be " + condition, broken[0] + " at " + index(first) + others);
            }
        }

        /** The indices of a number, given its place when the array is read row by row. */
        private String index(int at) {
            long[] shape = array.getShape().getShape();
            long[] indices = new long[shape.length];
            long rest = at;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                indices[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            return Arrays.toString(indices);
        }
    }

    private static Rule weights(NDArray weights) {
        return new Rule("weights", weights, "finite and >= 0", w -> w >= 0 && w < Double.POSITIVE_INFINITY);
    }

    private static Rule fraction(String name, NDArray array) {
        return new Rule(name, array, "in [0, 1]", y -> y >= 0 && y <= 1);
    }

    private static void check(NDArray logits, NDArray targets, Rule... more) {
        ArgumentChecks checks = new ArgumentChecks();
        new Rule("logits", logits, "finite", Double::isFinite).check(checks);
        fraction("targets", targets).check(checks);
        for (Rule rule : more) {
            rule.check(checks);
        }
        checks.verify();
    }

    @Override
    public String toString() {
        return loss + ".checked()";
    }
}
