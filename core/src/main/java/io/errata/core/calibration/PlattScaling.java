package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;

/**
 * Platt's sigmoid: {@code 1 / (1 + exp(−(slope · score + offset)))}, for scores of any scale. Exact if the scores of
 * each class are normally distributed with one variance, and suited to few data, as it has only two parameters. Platt
 * 1999; fitted by maximum likelihood with the smoothed targets and the Newton method of Lin, Lin and Weng 2007.
 * scikit-learn's {@code sigmoid} calibration has A = −slope and B = −offset.
 *
 * @param slope ≥ 0 and finite
 * @param offset finite
 */
public record PlattScaling(double slope, double offset) implements Calibration {

    /** @throws IllegalArgumentException if a number is NaN or infinite, or the slope is below 0 */
    public PlattScaling {
        new ArgumentChecks()
                .require(slope >= 0 && slope < Double.POSITIVE_INFINITY, "slope", "must be >= 0 and finite", slope)
                .require(Double.isFinite(offset), "offset", "must be finite", offset)
                .verify();
    }

    /**
     * Fits to held-out scores. Where higher scores go with negatives, the best sigmoid that does not decrease is a
     * constant, which is returned with slope 0; the same happens where all scores are equal. Scores that separate the
     * classes are handled by the smoothed targets.
     *
     * @throws IllegalArgumentException if there is no positive or no negative
     */
    public static PlattScaling fit(LabelledScores heldOut) {
        heldOut.requireBothClasses();
        return SigmoidFit.of(heldOut);
    }

    @Override
    public double probability(double score) {
        DistributionChecks.requireNumber("score", score);
        return LogOdds.sigmoid(slope == 0 ? offset : slope * score + offset);
    }
}
