package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;

/**
 * Held-out scores, each with its label: positive or negative. No result depends on their order, so positives and
 * negatives are stored sorted and apart. Creating one costs O(n log n).
 *
 * <p>A score may be a probability, a logit or any other finite number that is higher for what looks more like a
 * positive; methods that need probabilities say so. Equal scores are one score with several labels; −0 and 0 are
 * equal. Use data that was not resampled: otherwise thresholds and calibrations hold for the resampled distribution
 * only.
 */
public final class LabelledScores {

    private final double[] positives;
    private final double[] negatives;

    private LabelledScores(double[] positives, double[] negatives) {
        this.positives = positives;
        this.negatives = negatives;
    }

    /**
     * Scores with their labels.
     *
     * @param scores {@code [n]}, finite, at least one; not kept
     * @param positive {@code [n]}, the labels
     * @throws IllegalArgumentException if lengths differ, there is no score, or one is NaN or infinite
     */
    public static LabelledScores of(double[] scores, boolean[] positive) {
        new ArgumentChecks()
                .require(scores.length > 0, "scores", "must be at least one", scores.length)
                .require(
                        positive.length == scores.length,
                        "labels",
                        "must be one a score, " + scores.length,
                        positive.length)
                .requireFinite("scores", scores)
                .verify();
        return new LabelledScores(sorted(scores, positive, true), sorted(scores, positive, false));
    }

    /**
     * As with {@code double[]}; the scores are widened, which changes none.
     *
     * @throws IllegalArgumentException if lengths differ, there is no score, or one is NaN or infinite
     */
    public static LabelledScores of(float[] scores, boolean[] positive) {
        return of(widen(scores), positive);
    }

    /** How many scores there are. */
    public int size() {
        return positives.length + negatives.length;
    }

    /** The scores of the positives, ascending; a copy. */
    public double[] positives() {
        return positives.clone();
    }

    /** The scores of the negatives, ascending; a copy. */
    public double[] negatives() {
        return negatives.clone();
    }

    /**
     * The same examples with calibrated scores.
     *
     * @throws IllegalArgumentException if {@code calibration} takes probabilities and a score is not one
     */
    public LabelledScores calibrated(Calibration calibration) {
        return new LabelledScores(calibration.probabilities(positives), calibration.probabilities(negatives));
    }

    /** @throws IllegalArgumentException if there is no positive or no negative */
    LabelledScores requireBothClasses() {
        ArgumentChecks.check(
                positives.length > 0 && negatives.length > 0,
                "labels",
                "must be of both classes",
                positives.length + " positives and " + negatives.length + " negatives");
        return this;
    }

    /** @throws IllegalArgumentException if a score is below 0 or above 1 */
    LabelledScores requireProbabilities() {
        double lowest = Math.min(first(positives), first(negatives));
        double highest = Math.max(last(positives), last(negatives));
        new ArgumentChecks()
                .require(lowest >= 0, "scores", "must be probabilities, in [0, 1]", lowest)
                .require(highest <= 1, "scores", "must be probabilities, in [0, 1]", highest)
                .verify();
        return this;
    }

    /** The positives' scores, ascending, not copied. */
    double[] sortedPositives() {
        return positives;
    }

    /** The negatives' scores, ascending, not copied. */
    double[] sortedNegatives() {
        return negatives;
    }

    /** The distinct scores, ascending. */
    Distinct distinct() {
        double[] scores = new double[size()];
        int[] positive = new int[size()];
        int[] negative = new int[size()];
        int n = 0;
        for (int p = 0, q = 0; p < positives.length || q < negatives.length; n++) {
            double score = q == negatives.length || (p < positives.length && positives[p] < negatives[q])
                    ? positives[p]
                    : negatives[q];
            scores[n] = score;
            for (; p < positives.length && positives[p] == score; p++) {
                positive[n]++;
            }
            for (; q < negatives.length && negatives[q] == score; q++) {
                negative[n]++;
            }
        }
        return new Distinct(Arrays.copyOf(scores, n), Arrays.copyOf(positive, n), Arrays.copyOf(negative, n));
    }

    /** Ascending scores, each once, with the number of positives and of negatives that have it. */
    record Distinct(double[] scores, int[] positives, int[] negatives) {}

    static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    private static double[] sorted(double[] scores, boolean[] positive, boolean label) {
        double[] chosen = new double[scores.length];
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            if (positive[i] == label) {
                chosen[n++] = scores[i] + 0.0; // -0 becomes 0
            }
        }
        double[] result = Arrays.copyOf(chosen, n);
        Arrays.sort(result);
        return result;
    }

    private static double first(double[] sorted) {
        return sorted.length == 0 ? Double.POSITIVE_INFINITY : sorted[0];
    }

    private static double last(double[] sorted) {
        return sorted.length == 0 ? Double.NEGATIVE_INFINITY : sorted[sorted.length - 1];
    }
}
