package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The non-decreasing map that fits held-out labels best in squared error: steps, found by pooling adjacent violators.
 * Zadrozny and Elkan 2002. It assumes no shape and therefore needs more data than {@link PlattScaling}, about a
 * thousand scores. Its outer steps may be exactly 0 and 1.
 *
 * <p>A step has one knot where it begins and one where it ends. Between two knots the probability is interpolated
 * linearly; below the first and above the last it stays that of the knot. This is scikit-learn's
 * {@code IsotonicRegression(out_of_bounds="clip")}.
 *
 * @param knots at least one; scores finite and strictly ascending, probabilities not descending
 */
public record IsotonicCalibration(List<Knot> knots) implements Calibration {

    /**
     * A point of the map.
     *
     * @param score finite
     * @param probability in [0, 1]
     */
    public record Knot(double score, double probability) {

        /** @throws IllegalArgumentException if a number is out of range */
        public Knot {
            new ArgumentChecks()
                    .require(Double.isFinite(score), "score", "must be finite", score)
                    .require(probability >= 0 && probability <= 1, "probability", "must be in [0, 1]", probability)
                    .verify();
        }
    }

    /** @throws IllegalArgumentException if there is no knot, or they do not ascend */
    public IsotonicCalibration {
        knots = List.copyOf(knots);
        ArgumentChecks checks = new ArgumentChecks().require(!knots.isEmpty(), "knots", "must be at least one", 0);
        for (int i = 1; i < knots.size(); i++) {
            Knot before = knots.get(i - 1);
            Knot knot = knots.get(i);
            if (!(before.score < knot.score && before.probability <= knot.probability)) {
                checks.require(false, "knots", "must ascend", before + " before " + knot);
                break;
            }
        }
        checks.verify();
    }

    /**
     * Fits to held-out scores of any scale in O(n log n). Equal scores are pooled before anything else, with their
     * number as weight.
     *
     * @throws IllegalArgumentException if there is no positive or no negative
     */
    public static IsotonicCalibration fit(LabelledScores heldOut) {
        LabelledScores.Distinct distinct = heldOut.requireBothClasses().distinct();
        Deque<Step> steps = new ArrayDeque<>();
        for (int i = 0; i < distinct.scores().length; i++) {
            double score = distinct.scores()[i];
            long positives = distinct.positives()[i];
            Step step = new Step(score, score, positives, positives + distinct.negatives()[i]);
            while (!steps.isEmpty() && steps.getLast().isAtLeast(step)) {
                step = steps.removeLast().pool(step);
            }
            steps.addLast(step);
        }
        return of(steps);
    }

    private static IsotonicCalibration of(Iterable<Step> steps) {
        List<Knot> knots = new ArrayList<>();
        for (Step step : steps) {
            knots.add(new Knot(step.from, step.mean()));
            if (step.to > step.from) {
                knots.add(new Knot(step.to, step.mean()));
            }
        }
        return new IsotonicCalibration(knots);
    }

    @Override
    public double probability(double score) {
        DistributionChecks.requireNumber("score", score);
        int above = firstAtOrAbove(score);
        if (above == 0 || above == knots.size()) {
            return knots.get(Math.min(above, knots.size() - 1)).probability;
        }
        return between(knots.get(above - 1), knots.get(above), score);
    }

    private int firstAtOrAbove(double score) {
        int low = 0;
        for (int high = knots.size(); low < high; ) {
            int middle = (low + high) >>> 1;
            if (knots.get(middle).score < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double between(Knot a, Knot b, double score) {
        double part = b.score - a.score < Double.POSITIVE_INFINITY
                ? (score - a.score) / (b.score - a.score)
                : (score / 2 - a.score / 2) / (b.score / 2 - a.score / 2);
        return Math.min(b.probability, a.probability + part * (b.probability - a.probability));
    }

    /** Scores that share a probability: that of their labels. The counts make comparisons exact. */
    private record Step(double from, double to, long positives, long count) {

        double mean() {
            return positives / (double) count;
        }

        boolean isAtLeast(Step next) {
            return positives * next.count >= next.positives * count;
        }

        Step pool(Step next) {
            return new Step(from, next.to, positives + next.positives, count + next.count);
        }
    }
}
