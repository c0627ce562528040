package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;

/**
 * {@code box_loss: {type: ghm}}: smooth L1 of box offsets weighted by gradient density, GHM-R (Li et al. 2018, arXiv 1811.05181).
 *
 * @param weight beside 1 for the classes, in [0, 100]; default 0.25
 * @param bins how finely gradient norms are told apart, in [1, 1000]; default 10
 * @param mu where the parabola meets the line, in (0, 10]; default 0.02
 * @param momentum how much of the former steps' counts remains, in [0, 1); default 0.7
 */
public record GhmBoxSettings(double weight, int bins, double mu, double momentum) implements BoxLossSettings {

    public GhmBoxSettings {
        new ArgumentChecks()
                .require(weight >= 0 && weight <= 100, "weight", "must be in [0, 100]", weight)
                .require(bins >= 1 && bins <= 1000, "bins", "must be in [1, 1000]", bins)
                .require(mu > 0 && mu <= 10, "mu", "must be in (0, 10]", mu)
                .require(momentum >= 0 && momentum < 1, "momentum", "must be in [0, 1)", momentum)
                .verify();
    }

    /** Ten bins, μ 0.02, momentum 0.7. */
    public static GhmBoxSettings withDefaults() {
        return new GhmBoxSettings(0.25, 10, 0.02, 0.7);
    }

    @Override
    public String type() {
        return "ghm";
    }

    @Override
    public RegressionLoss regression() {
        return momentum == 0
                ? GhmRegression.of(bins, mu)
                : GhmRegression.of(bins, mu).withMomentum(momentum);
    }
}
