package io.errata.mining.config;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.QualityFocalLoss;

/**
 * {@code loss: {type: quality_focal}}: focal loss whose label is the IoU of the window with the object (Li et al. 2020, arXiv 2006.04388).
 *
 * @param beta how much examples near their label are turned down, in [0, 10]; default 2
 * @param box the loss of the boxes; default smooth L1
 */
public record QualityFocalSettings(double beta, BoxLossSettings box) implements LossSettings {

    public QualityFocalSettings {
        new Rules()
                .require(beta >= 0 && beta <= 10, "beta", "must be in [0, 10]", beta)
                .verify();
    }

    /** β 2. */
    public static QualityFocalSettings defaults() {
        return new QualityFocalSettings(2, BoxLossSettings.defaults());
    }

    @Override
    public ClassificationLoss classification(SeenCounts seen) {
        return QualityFocalLoss.of(beta);
    }

    @Override
    public boolean qualityLabels() {
        return true;
    }
}
