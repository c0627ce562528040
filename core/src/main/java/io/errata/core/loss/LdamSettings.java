package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.ClassWeights;
import io.errata.core.weight.SampledClassCounts;
import java.util.Optional;

/**
 * {@code loss: {type: ldam}}: cross-entropy with margins that are wider the rarer the class, and class weights late in the training (Cao et
 * al. 2019, arXiv 1906.07413).
 *
 * @param margin of the rarest class, in units of logits, in (0, 10]; default 0.5
 * @param reweightFrom the share of all steps after which classes are weighted by their effective number, in [0, 1]; 1 for never; default
 *     0.8
 * @param beta of {@code effective_number}, in [0, 1); default 0.9999
 */
public record LdamSettings(double margin, double reweightFrom, double beta) implements LossSettings {

    public LdamSettings {
        new ArgumentChecks()
                .require(margin > 0 && margin <= 10, "margin", "must be in (0, 10]", margin)
                .require(reweightFrom >= 0 && reweightFrom <= 1, "reweightFrom", "must be in [0, 1]", reweightFrom)
                .require(beta >= 0 && beta < 1, "beta", "must be in [0, 1)", beta)
                .verify();
    }

    /** Margin 0.5, weights in the last fifth. */
    public static LdamSettings withDefaults() {
        return new LdamSettings(0.5, 0.8, 0.9999);
    }

    @Override
    public String type() {
        return "ldam";
    }

    @Override
    public ClassificationLoss classification(SampledClassCounts seen) {
        return ImplicitBackground.of(margins(seen));
    }

    @Override
    public Optional<Later> later(SampledClassCounts seen) {
        ClassWeights weights = ClassWeights.effectiveNumber(seen.withBackground(), beta);
        return Optional.of(new Later(ImplicitBackground.of(margins(seen).withClassWeights(weights)), reweightFrom));
    }

    /** At scale 1, so that the detector's scores are probabilities. */
    private LdamLoss margins(SampledClassCounts seen) {
        return LdamLoss.softmax(seen.withBackground()).withLargestMargin(margin).withScale(1);
    }
}
