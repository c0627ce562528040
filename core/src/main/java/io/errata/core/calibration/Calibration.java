package io.errata.core.calibration;

import java.util.Arrays;

/**
 * Maps a score to the probability of a positive. The map never decreases, so it keeps the ranking, though scores that
 * differ may get the same probability. Every calibration is an immutable record of a few numbers, which is also its
 * saved form.
 */
public sealed interface Calibration permits PlattScaling, IsotonicCalibration, TemperatureScaling, PriorCorrection {

    /**
     * The probability of a positive, given its score.
     *
     * @param score in the units of the scores it was fitted to; an infinite score gives the limit
     * @return in [0, 1]
     * @throws IllegalArgumentException if {@code score} is NaN, or not a probability where the calibration takes
     *     probabilities
     */
    double probability(double score);

    /**
     * {@link #probability} of each.
     *
     * @param scores {@code [n]}; may be empty
     * @return {@code [n]}, each in [0, 1]
     * @throws IllegalArgumentException if a score is invalid, for the first such score
     */
    default double[] probabilities(double[] scores) {
        return Arrays.stream(scores).map(this::probability).toArray();
    }

    /**
     * {@link #probability} of each, rounded to floats.
     *
     * @param scores {@code [n]}; may be empty
     * @return {@code [n]}, each in [0, 1]
     * @throws IllegalArgumentException if a score is invalid, for the first such score
     */
    default float[] probabilities(float[] scores) {
        float[] result = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            result[i] = (float) probability(scores[i]);
        }
        return result;
    }
}
