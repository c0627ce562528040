package io.errata.mining.ablation;

import java.util.Arrays;

/**
 * A figure over the seeds. Each is NaN where there is no seed yet, or a seed's figure is NaN.
 *
 * @param mean of the seeds' figures
 * @param min the smallest
 * @param max the largest
 */
public record Spread(double mean, double min, double max) {

    /** The spread of these figures, one a seed. */
    public static Spread of(double... figures) {
        return new Spread(
                Arrays.stream(figures).average().orElse(Double.NaN),
                Arrays.stream(figures).min().orElse(Double.NaN),
                Arrays.stream(figures).max().orElse(Double.NaN));
    }
}
