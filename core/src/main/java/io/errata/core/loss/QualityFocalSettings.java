package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.SampledClassCounts;

/**
 * {@code loss: {type: quality_focal}}: focal loss whose label is the IoU of the window with the object (Li et al. 2020, arXiv 2006.04388).
 *
 * @param beta how much examples near their label are turned down, in [0, 10]; default 2
 */
public record QualityFocalSettings(double beta) implements LossSettings {

    public QualityFocalSettings {
        new ArgumentChecks()
                .require(beta >= 0 && beta <= 10, "beta", "must be in [0, 10]", beta)
                .verify();
    }

    /** β 2. */
    public static QualityFocalSettings withDefaults() {
        return new QualityFocalSettings(2);
    }

    @Override
    public String type() {
        return "quality_focal";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        return QualityFocalLoss.of(beta);
    }
}
