package io.errata.mining.ablation;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * By how much an arm differs from the baseline, paired by seed: the mean of the differences d and its 95% confidence interval
 * mean ± t(0.975, n − 1) · s / √n, where s is their standard deviation with n − 1 (Student 1908). What a seed does to both arms
 * alike cancels out; how the images vary is not in it, as nothing is pooled over images.
 *
 * @param pairs n, the seeds that both have
 * @param mean of the arm's figures less the baseline's; NaN without pairs
 * @param low the interval's lower end; NaN for fewer than two pairs. Where all differences are equal the interval is that one number
 * @param high its upper end, likewise
 */
public record PairedDifference(int pairs, double mean, double low, double high) {

    private static final double UPPER_TAIL = 0.975;

    /**
     * The difference of two series.
     *
     * @param baseline {@code [n]}, a figure for each seed
     * @param arm {@code [n]}, the same of the same seeds; a NaN in either makes all of it NaN
     * @throws IllegalArgumentException if there are not as many of both
     */
    public static PairedDifference between(double[] baseline, double[] arm) {
        if (baseline.length != arm.length) {
            throw new IllegalArgumentException(
                    "both must have a figure for each seed, found " + baseline.length + " and " + arm.length);
        }
        SummaryStatistics differences = new SummaryStatistics();
        for (int i = 0; i < arm.length; i++) {
            differences.addValue(arm[i] - baseline[i]);
        }
        double mean = differences.getMean();
        if (arm.length < 2) {
            return new PairedDifference(arm.length, mean, Double.NaN, Double.NaN);
        }
        double t = new TDistribution(arm.length - 1).inverseCumulativeProbability(UPPER_TAIL);
        double half = t * differences.getStandardDeviation() / Math.sqrt(arm.length);
        return new PairedDifference(arm.length, mean, mean - half, mean + half);
    }

    /** What this shows of a figure of which more is better. */
    public Verdict verdict() {
        return low > 0 ? Verdict.BETTER : high < 0 ? Verdict.WORSE : Verdict.NO_DIFFERENCE_SHOWN;
    }
}
