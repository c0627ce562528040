package io.errata.detection.training;

import io.errata.core.problem.ArgumentChecks;

/**
 * The learning rate: a linear rise over the first steps, times one half cosine from the peak down to nothing over all steps of all
 * rounds (Loshchilov and Hutter 2017, arXiv 1608.03983, without restarts).
 *
 * @param peak the highest learning rate, &gt; 0
 * @param warmupSteps steps over which it rises
 * @param totalSteps steps of the whole run
 */
public record CosineSchedule(double peak, int warmupSteps, long totalSteps) {

    /** The least learning rate before warm-up, as a share of the peak. */
    private static final double FLOOR = 0.002;

    public CosineSchedule {
        new ArgumentChecks()
                .require(peak > 0, "peak", "must be > 0", peak)
                .require(warmupSteps >= 0, "warmupSteps", "must be ≥ 0", warmupSteps)
                .require(totalSteps >= 1, "totalSteps", "must be ≥ 1", totalSteps)
                .verify();
    }

    /** The learning rate of a step, counted from 0. */
    public double at(long step) {
        double warm = warmupSteps == 0 ? 1 : Math.min(1, (step + 1.0) / warmupSteps);
        return peak * Math.max(share(step), FLOOR) * warm;
    }

    /** The cosine alone at a step, as a share of the peak: 1 at the start, 0 at the end. */
    public double share(long step) {
        return 0.5 * (1 + Math.cos(Math.PI * Math.min(step, totalSteps) / totalSteps));
    }
}
