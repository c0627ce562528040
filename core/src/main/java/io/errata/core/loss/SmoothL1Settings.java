package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;

/**
 * {@code box_loss: {type: smooth_l1}}: smooth L1 of box offsets divided by their scale (Girshick 2015, arXiv 1504.08083), the sum of four
 * numbers a box.
 *
 * @param weight beside 1 for the classes, in [0, 100]; default 0.25
 * @param beta where the parabola meets the line, in (0, 10]; default 0.5
 */
public record SmoothL1Settings(double weight, double beta) implements BoxLossSettings {

    public SmoothL1Settings {
        new ArgumentChecks()
                .require(weight >= 0 && weight <= 100, "weight", "must be in [0, 100]", weight)
                .require(beta > 0 && beta <= 10, "beta", "must be in (0, 10]", beta)
                .verify();
    }

    /** Weight 0.25, β 0.5. */
    public static SmoothL1Settings withDefaults() {
        return new SmoothL1Settings(0.25, 0.5);
    }

    @Override
    public String type() {
        return "smooth_l1";
    }

    @Override
    public RegressionLoss regression() {
        return SmoothL1.of(beta);
    }
}
