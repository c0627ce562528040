package io.errata.core.calibration;

/**
 * Probabilities and their log-odds. Every function here is non-decreasing also in floating point, or a calibration
 * would not be.
 */
public final class LogOdds {

    private LogOdds() {}

    /** {@code 1 / (1 + exp(−x))}: 0 at −∞, 1 at ∞. */
    public static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** {@code log(p / (1 − p))}: −∞ at 0, ∞ at 1. */
    public static double logit(double p) {
        return Math.log(p) - Math.log1p(-p);
    }

    /** {@code log(1 + exp(x))} without overflow. */
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /**
     * Replaces {@code classes} logits from {@code offset} on by their softmax at a temperature. A logit of −∞ gives 0;
     * one at least must be finite, and none ∞.
     */
    static void softmax(double[] logits, int offset, int classes, double temperature) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + classes; i++) {
            max = Math.max(max, logits[i]);
        }
        double sum = 0;
        for (int i = offset; i < offset + classes; i++) {
            logits[i] = Math.exp((logits[i] - max) / temperature);
            sum += logits[i];
        }
        for (int i = offset; i < offset + classes; i++) {
            logits[i] /= sum;
        }
    }
}
