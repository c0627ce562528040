package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;

/**
 * {@code box_loss: {type: giou}}: 1 − generalised IoU of the boxes (Rezatofighi et al. 2019, arXiv 1902.09630).
 *
 * @param weight beside 1 for the classes, in [0, 100]; default 1
 */
public record GiouSettings(double weight) implements BoxLossSettings {

    public GiouSettings {
        new ArgumentChecks()
                .require(weight >= 0 && weight <= 100, "weight", "must be in [0, 100]", weight)
                .verify();
    }

    /** Weight 1. */
    public static GiouSettings withDefaults() {
        return new GiouSettings(1);
    }

    @Override
    public String type() {
        return "giou";
    }

    @Override
    public RegressionLoss regression() {
        return GeneralizedIouLoss.create();
    }

    @Override
    public boolean comparesBoxes() {
        return true;
    }
}
