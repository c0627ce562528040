package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Divides logits by one number before the sigmoid or softmax: above 1 lowers confidence, below 1 raises it. Decisions
 * at a probability of 0.5 and the largest class of a softmax stay the same. Guo et al. 2017, arXiv 1706.04599, section
 * 4.2; fitted by maximum likelihood, which is convex in 1 / temperature.
 *
 * @param temperature > 0 and finite
 */
public record TemperatureScaling(double temperature) implements Calibration {

    /**
     * The lowest temperature that a fit returns: for logits that separate the classes, where the likelihood has no
     * maximum.
     */
    public static final double MIN_TEMPERATURE = 1e-3;

    /** The highest temperature that a fit returns: for logits that are wrong more often than right. */
    public static final double MAX_TEMPERATURE = 1e3;

    /** Enough for twelve digits. */
    private static final int BISECTIONS = 44;

    /** @throws IllegalArgumentException if {@code temperature} is out of range */
    public TemperatureScaling {
        ArgumentChecks.check(
                temperature > 0 && temperature < Double.POSITIVE_INFINITY,
                "temperature",
                "must be > 0 and finite",
                temperature);
    }

    /**
     * Fits to logits of a sigmoid.
     *
     * @return a temperature in [{@link #MIN_TEMPERATURE}, {@link #MAX_TEMPERATURE}]; 1 where all logits are 0
     * @throws IllegalArgumentException if there is no positive or no negative
     */
    public static TemperatureScaling fit(LabelledScores logits) {
        double[] positives = logits.requireBothClasses().sortedPositives();
        double[] negatives = logits.sortedNegatives();
        double scale = Math.max(largest(positives), largest(negatives));
        return solve(temperature -> {
            double slope = 0;
            for (double z : positives) {
                slope -= LogOdds.sigmoid(-z / temperature) * (z / scale);
            }
            for (double z : negatives) {
                slope += LogOdds.sigmoid(z / temperature) * (z / scale);
            }
            return slope;
        });
    }

    /**
     * Fits to logits of a softmax.
     *
     * @param logits flat {@code [n, K]}, finite, n ≥ 1
     * @param labels {@code [n]}, the true classes, in {@code 0 … K − 1}; at least two different ones
     * @param classes K, ≥ 2
     * @return a temperature in [{@link #MIN_TEMPERATURE}, {@link #MAX_TEMPERATURE}]; 1 where the logits of every row
     *     are equal
     * @throws IllegalArgumentException if lengths do not agree, a number is out of range, or there is one class only
     */
    public static TemperatureScaling fit(double[] logits, int[] labels, int classes) {
        requireLabelled(logits, labels, classes);
        double scale = largest(logits);
        double[] row = new double[classes];
        return solve(temperature -> {
            double slope = 0;
            for (int i = 0; i < labels.length; i++) {
                int from = i * classes;
                System.arraycopy(logits, from, row, 0, classes);
                LogOdds.softmax(row, 0, classes, temperature);
                for (int k = 0; k < classes; k++) {
                    slope += row[k] * (logits[from + k] / scale - logits[from + labels[i]] / scale);
                }
            }
            return slope;
        });
    }

    /**
     * As with {@code double[]}; the logits are widened, which changes none.
     *
     * @throws IllegalArgumentException if lengths do not agree, a number is out of range, or there is one class only
     */
    public static TemperatureScaling fit(float[] logits, int[] labels, int classes) {
        return fit(LabelledScores.widen(logits), labels, classes);
    }

    /** {@inheritDoc} The score is a logit of a sigmoid. */
    @Override
    public double probability(double score) {
        DistributionChecks.requireNumber("score", score);
        return LogOdds.sigmoid(score / temperature);
    }

    /**
     * The softmax of the logits over the temperature.
     *
     * @param logits flat {@code [n, K]}, finite, n ≥ 1
     * @param classes K, ≥ 2
     * @return flat {@code [n, K]}, the probabilities of exclusive classes, each row summing to 1
     * @throws IllegalArgumentException if the logits do not form rows of K, or one is NaN or infinite
     */
    public double[] softmax(double[] logits, int classes) {
        ArgumentChecks checks = new ArgumentChecks();
        DistributionChecks.requireRows(checks, "logits", logits, classes);
        checks.requireFinite("logits", logits);
        checks.verify();
        double[] result = logits.clone();
        for (int from = 0; from < result.length; from += classes) {
            LogOdds.softmax(result, from, classes, temperature);
        }
        return result;
    }

    /**
     * Finds the temperature where the slope of the loss by 1 / temperature changes its sign. The slope falls as the
     * temperature rises. Bisects the logarithm of the temperature, which only needs signs and so works for logits of
     * any size. If all logits are 0, their scale is 0 and the slope NaN.
     */
    private static TemperatureScaling solve(DoubleUnaryOperator slope) {
        double atLeast = slope.applyAsDouble(MIN_TEMPERATURE);
        double atMost = slope.applyAsDouble(MAX_TEMPERATURE);
        if (Double.isNaN(atMost) || (atMost == 0 && atLeast == 0)) {
            return new TemperatureScaling(1);
        }
        if (atMost >= 0) {
            return new TemperatureScaling(MAX_TEMPERATURE);
        }
        if (atLeast <= 0) {
            return new TemperatureScaling(MIN_TEMPERATURE);
        }
        double low = Math.log(MIN_TEMPERATURE);
        double high = Math.log(MAX_TEMPERATURE);
        for (int bisection = 0; bisection < BISECTIONS; bisection++) {
            double middle = (low + high) / 2;
            if (slope.applyAsDouble(Math.exp(middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new TemperatureScaling(Math.exp((low + high) / 2));
    }

    private static void requireLabelled(double[] logits, int[] labels, int classes) {
        ArgumentChecks checks = new ArgumentChecks();
        DistributionChecks.requireRows(checks, "logits", logits, classes);
        checks.requireFinite("logits", logits);
        checks.require(
                (long) labels.length * classes == logits.length,
                "labels",
                "must be one a row of logits",
                labels.length + " labels and " + logits.length + " logits of " + classes + " classes");
        checks.require(
                Arrays.stream(labels).distinct().count() >= 2,
                "labels",
                "must be of at least 2 classes",
                Arrays.stream(labels).distinct().count());
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                checks.require(false, "labels", "must be in [0, " + (classes - 1) + "]", labels[i] + " at index " + i);
                break;
            }
        }
        checks.verify();
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
