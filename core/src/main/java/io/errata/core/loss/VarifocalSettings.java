package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.SampledClassCounts;

/**
 * {@code loss: {type: varifocal}}: cross-entropy whose label is the IoU of the window with the object, negatives turned down (Zhang et al. 2020,
 * arXiv 2008.13367).
 *
 * @param alpha weight of the negatives, in (0, 100]; default 0.75
 * @param gamma how much easy negatives are turned down, in [0, 10]; default 2
 */
public record VarifocalSettings(double alpha, double gamma) implements LossSettings {

    public VarifocalSettings {
        new ArgumentChecks()
                .require(alpha > 0 && alpha <= 100, "alpha", "must be in (0, 100]", alpha)
                .require(gamma >= 0 && gamma <= 10, "gamma", "must be in [0, 10]", gamma)
                .verify();
    }

    /** α 0.75, γ 2. */
    public static VarifocalSettings withDefaults() {
        return new VarifocalSettings(0.75, 2);
    }

    @Override
    public String type() {
        return "varifocal";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        return VarifocalLoss.of(alpha, gamma);
    }
}
