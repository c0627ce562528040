package io.errata.datasets.patch;

import io.errata.core.problem.ArgumentChecks;

/**
 * How often objects are drawn.
 *
 * @param classBalance classes are drawn with weight n^−this, n being their number of objects, in [0, 1]: 0 as often as they occur, 1
 *     equally often; default 0.5
 * @param repeatThreshold images that show a class which a smaller share of the images shows are drawn from more often, by the repeat
 *     factors of LVIS (Gupta et al. 2019, arXiv 1908.03195), in [0, 1]; default 0, none
 */
public record PositiveSampling(double classBalance, double repeatThreshold) {

    public PositiveSampling {
        new ArgumentChecks()
                .require(classBalance >= 0 && classBalance <= 1, "classBalance", "must be in [0, 1]", classBalance)
                .require(
                        repeatThreshold >= 0 && repeatThreshold <= 1,
                        "repeatThreshold",
                        "must be in [0, 1]",
                        repeatThreshold)
                .verify();
    }

    /** Class balance 0.5, no repeat factors. */
    public static PositiveSampling withDefaults() {
        return new PositiveSampling(0.5, 0);
    }
}
