package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Every threshold that held-out scores allow, from ∞, which calls nothing positive, down to the lowest score, which
 * calls everything positive: one for each distinct score. Choosing one of them is threshold moving, the usual
 * correction for a classifier trained on a resampled set. It needs scores that rank well; they need not be
 * probabilities.
 *
 * <p>Counts are exact, and targets are compared with ratios as Java divides them: a recall of 0.07 is reached by 7 of
 * 100.
 */
public final class OperatingCurve {

    private final double[] thresholds;
    private final long[] truePositives;
    private final long[] falsePositives;

    private OperatingCurve(LabelledScores.Distinct distinct) {
        int n = distinct.scores().length;
        thresholds = new double[n + 1];
        truePositives = new long[n + 1];
        falsePositives = new long[n + 1];
        thresholds[0] = Double.POSITIVE_INFINITY;
        for (int i = 1; i <= n; i++) {
            thresholds[i] = distinct.scores()[n - i];
            truePositives[i] = truePositives[i - 1] + distinct.positives()[n - i];
            falsePositives[i] = falsePositives[i - 1] + distinct.negatives()[n - i];
        }
    }

    /**
     * The curve of held-out scores.
     *
     * @param heldOut held-out scores of any scale
     * @throws IllegalArgumentException if there is no positive or no negative
     */
    public static OperatingCurve of(LabelledScores heldOut) {
        return new OperatingCurve(heldOut.requireBothClasses().distinct());
    }

    /** The number of thresholds: the distinct scores and ∞. */
    public int size() {
        return thresholds.length;
    }

    /**
     * One of the thresholds and its counts.
     *
     * @param index 0 for the threshold ∞, then by descending score
     * @throws IndexOutOfBoundsException if {@code index} is not in {@code 0 … size() − 1}
     */
    public OperatingPoint point(int index) {
        int last = size() - 1;
        return new OperatingPoint(
                thresholds[index],
                truePositives[index],
                falsePositives[index],
                truePositives[last],
                falsePositives[last]);
    }

    /**
     * The counts of a threshold chosen elsewhere, such as {@link MisclassificationCosts#bayesThreshold}.
     *
     * @param threshold any number, which may be infinite; the returned point has it
     * @throws IllegalArgumentException if {@code threshold} is NaN
     */
    public OperatingPoint at(double threshold) {
        DistributionChecks.requireNumber("threshold", threshold);
        int last = 0; // of the thresholds at or above the given one
        for (int low = 1, high = size(); low < high; ) {
            int middle = (low + high) >>> 1;
            if (thresholds[middle] >= threshold) {
                last = middle;
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        OperatingPoint same = point(last);
        return new OperatingPoint(
                threshold, same.truePositives(), same.falsePositives(), same.positives(), same.negatives());
    }

    /**
     * The highest threshold that reaches a recall, and thus the one with the fewest false positives. It always exists.
     *
     * @param recall in (0, 1]
     * @throws IllegalArgumentException if {@code recall} is out of range
     */
    public OperatingPoint atRecall(double recall) {
        requireShare("recall", recall);
        int index = 0;
        while (point(index).recall() < recall) {
            index++;
        }
        return point(index);
    }

    /**
     * The lowest threshold that reaches a precision, and thus the one with the highest recall. Precision is not
     * monotonic: thresholds above this one need not reach it. Empty if none does; ∞ does not count, since it finds
     * nothing.
     *
     * @param precision in (0, 1]
     * @throws IllegalArgumentException if {@code precision} is out of range
     */
    public Optional<OperatingPoint> atPrecision(double precision) {
        requireShare("precision", precision);
        for (int index = size() - 1; index > 0; index--) {
            if (point(index).precision() >= precision) {
                return Optional.of(point(index));
            }
        }
        return Optional.empty();
    }

    /** The threshold with the lowest cost; the highest of several, which may be ∞. */
    public OperatingPoint leastCost(MisclassificationCosts costs) {
        return best(point -> -point.cost(costs));
    }

    /**
     * The threshold with the best F-beta; the highest of several.
     *
     * @param beta > 0 and finite: how many times as much recall matters as precision; 1 for F1
     * @throws IllegalArgumentException if {@code beta} is out of range
     */
    public OperatingPoint bestFBeta(double beta) {
        return best(point -> point.fBeta(beta));
    }

    private OperatingPoint best(ToDoubleFunction<OperatingPoint> value) {
        int best = 0;
        double bestValue = value.applyAsDouble(point(0));
        for (int index = 1; index < size(); index++) {
            double here = value.applyAsDouble(point(index));
            if (here > bestValue) {
                best = index;
                bestValue = here;
            }
        }
        return point(best);
    }

    private static void requireShare(String name, double value) {
        ArgumentChecks.check(value > 0 && value <= 1, name, "must be in (0, 1]", value);
    }
}
