package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;

/**
 * Corrects the probabilities of a classifier trained on a resampled set, in which positives were more (or less) common
 * than in the natural data: the log-odds move by the difference of the priors' log-odds. Saerens, Latinne and
 * Decaestecker 2002, equation 2.4, and Elkan 2001, theorem 2, for two classes; Dal Pozzolo et al. 2015 for
 * under-sampling. {@link ClassPriorCorrection} does the same for more classes.
 *
 * <p>It holds if resampling depended on the class alone, and if the probabilities are calibrated for the training set.
 * Hard-negative mining depends on more: after it, fit one of the other calibrations to natural data.
 *
 * <p>The scores are probabilities: 0 stays 0 and 1 stays 1. To move a threshold instead of the probabilities, apply
 * the correction with the priors exchanged to it.
 *
 * @param shift added to the log-odds, finite; below 0 if positives are rarer in the natural data
 */
public record PriorCorrection(double shift) implements Calibration {

    /** @throws IllegalArgumentException if {@code shift} is NaN or infinite */
    public PriorCorrection {
        ArgumentChecks.check(Double.isFinite(shift), "shift", "must be finite", shift);
    }

    /**
     * Corrects from the prior of the training set to the natural prior.
     *
     * @param trainingPrior the share of positives in the training set, inside (0, 1); 0.25 for 1 : 3
     * @param naturalPrior the share of positives where the classifier is used, inside (0, 1)
     * @throws IllegalArgumentException if a prior is out of range
     */
    public static PriorCorrection between(double trainingPrior, double naturalPrior) {
        ArgumentChecks checks = new ArgumentChecks();
        DistributionChecks.requireInside(checks, "trainingPrior", trainingPrior);
        DistributionChecks.requireInside(checks, "naturalPrior", naturalPrior);
        checks.verify();
        return new PriorCorrection(LogOdds.logit(naturalPrior) - LogOdds.logit(trainingPrior));
    }

    /**
     * For a training set with all positives and a random part of the negatives. Dal Pozzolo et al. 2015, equation 4.
     *
     * @param keptNegatives the share of the negatives that was trained on, in (0, 1]
     * @throws IllegalArgumentException if {@code keptNegatives} is out of range
     */
    public static PriorCorrection ofUnderSampling(double keptNegatives) {
        ArgumentChecks.check(
                keptNegatives > 0 && keptNegatives <= 1, "keptNegatives", "must be in (0, 1]", keptNegatives);
        return new PriorCorrection(Math.log(keptNegatives));
    }

    /**
     * The corrected logit, for a classifier whose scores are logits. ∞ and −∞ are unchanged.
     *
     * @throws IllegalArgumentException if {@code logit} is NaN
     */
    public double logOdds(double logit) {
        return DistributionChecks.requireNumber("logit", logit) + shift;
    }

    /** {@inheritDoc} The score must be a probability, in [0, 1]. */
    @Override
    public double probability(double score) {
        if (!(score >= 0 && score <= 1)) {
            throw ArgumentChecks.failure("score", "must be a probability, in [0, 1]", score);
        }
        return LogOdds.sigmoid(LogOdds.logit(score) + shift);
    }
}
