package io.errata.core.ensemble;

import io.errata.core.resampling.FeatureMatrix;

/**
 * Features brought to mean 0 and standard deviation 1 (of the population), as {@code StandardScaler} does; a constant
 * feature becomes 0.
 */
record Standardisation(double[] means, double[] deviations) {

    static Standardisation of(FeatureMatrix rows) {
        int d = rows.dimension();
        double[] means = new double[d];
        double[] deviations = new double[d];
        for (int f = 0; f < d; f++) {
            means[f] = mean(rows, f);
            double variance = variance(rows, f, means[f]);
            deviations[f] = isConstant(rows, f) ? 1 : Math.sqrt(variance);
        }
        return new Standardisation(means, deviations);
    }

    /** {@code [N, D + 1]}, row after row: the standardised features, then 1 for the intercept. */
    double[] design(FeatureMatrix rows) {
        int d = means.length;
        double[] design = new double[Math.multiplyExact(rows.size(), d + 1)];
        for (int row = 0, at = 0; row < rows.size(); row++) {
            for (int f = 0; f < d; f++) {
                design[at++] = (rows.value(row, f) - means[f]) / deviations[f];
            }
            design[at++] = 1;
        }
        return design;
    }

    /** The classifier of raw features, from weights (the intercept last) of standardised ones. */
    LinearClassifier undo(double[] standardised) {
        int d = means.length;
        double[] weights = new double[d];
        double intercept = standardised[d];
        for (int f = 0; f < d; f++) {
            weights[f] = standardised[f] / deviations[f];
            intercept -= weights[f] * means[f];
        }
        return new LinearClassifier(weights, intercept);
    }

    private static double mean(FeatureMatrix rows, int f) {
        double sum = 0;
        for (int row = 0; row < rows.size(); row++) {
            sum += rows.value(row, f);
        }
        return sum / rows.size();
    }

    private static double variance(FeatureMatrix rows, int f, double mean) {
        double sum = 0;
        for (int row = 0; row < rows.size(); row++) {
            double difference = rows.value(row, f) - mean;
            sum += difference * difference;
        }
        return sum / rows.size();
    }

    /** Asked exactly: the mean of equal numbers may be off by a rounding, and the deviation then is not 0. */
    private static boolean isConstant(FeatureMatrix rows, int f) {
        for (int row = 1; row < rows.size(); row++) {
            if (rows.value(row, f) != rows.value(0, f)) {
                return false;
            }
        }
        return true;
    }
}
