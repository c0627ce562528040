package io.errata.core.calibration;

import java.util.Arrays;

/**
 * A map from a score to the probability that what it belongs to is a positive. It never decreases, so it keeps a ranking, though it may
 * make neighbours equal. Every calibration is an immutable record of a few numbers, which is also its saved form.
 */
public sealed interface Calibration permits PlattScaling, IsotonicCalibration, TemperatureScaling, PriorCorrection {

    /**
     * The probability of a positive, given its score.
     *
     * @param score in the units of the scores it was fitted to; an infinite one has the limit's probability
     * @return in [0, 1]
     * @throws IllegalArgumentException if {@code score} is NaN, or is no probability where one is asked for
     */
    double probability(double score);

    /**
     * {@link #probability} of each.
     *
     * @param scores {@code [n]}; may be empty
     * @return {@code [n]}, each in [0, 1]
     * @throws IllegalArgumentException at the first score that is refused
     */
    default double[] probabilities(double[] scores) {
        return Arrays.stream(scores).map(this::probability).toArray();
    }

    /**
     * {@link #probability} of each, rounded to floats.
     *
     * @param scores {@code [n]}; may be empty
     * @return {@code [n]}, each in [0, 1]
     * @throws IllegalArgumentException at the first score that is refused
     */
    default float[] probabilities(float[] scores) {
        float[] result = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            result[i] = (float) probability(scores[i]);
        }
        return result;
    }
}
