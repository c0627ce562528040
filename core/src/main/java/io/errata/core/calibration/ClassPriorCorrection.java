package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;

/**
 * {@link PriorCorrection} for exclusive classes: each probability is multiplied by its class's natural prior over its
 * training prior, and the row is made to sum to 1 again. Saerens, Latinne and Decaestecker 2002, equation 2.4. It is
 * computed in logarithms, so that priors of any ratio behave; a probability of 0 stays 0.
 */
public final class ClassPriorCorrection {

    private final double[] shifts;

    private ClassPriorCorrection(double[] shifts) {
        this.shifts = shifts;
    }

    /**
     * Corrects from the prior of the training set to the natural prior.
     *
     * @param trainingPrior {@code [K]}, the classes' shares of the training set, each inside (0, 1), summing to 1
     *     within 1e-6
     * @param naturalPrior {@code [K]}, their shares where the classifier is used, with the same limits
     * @throws IllegalArgumentException if a prior is not a distribution over at least two classes, or their lengths
     *     differ
     */
    public static ClassPriorCorrection between(double[] trainingPrior, double[] naturalPrior) {
        ArgumentChecks checks = new ArgumentChecks();
        DistributionChecks.requirePrior(checks, "trainingPrior", trainingPrior);
        DistributionChecks.requirePrior(checks, "naturalPrior", naturalPrior);
        checks.require(
                        trainingPrior.length == naturalPrior.length,
                        "naturalPrior",
                        "must have the training prior's classes, " + trainingPrior.length,
                        naturalPrior.length)
                .verify();
        double[] shifts = new double[trainingPrior.length];
        Arrays.setAll(shifts, i -> Math.log(naturalPrior[i]) - Math.log(trainingPrior[i]));
        return new ClassPriorCorrection(shifts);
    }

    /** K, the number of classes. */
    public int classes() {
        return shifts.length;
    }

    /** What is added to each class's logit, {@code [K]}; a copy. */
    public double[] shifts() {
        return shifts.clone();
    }

    /**
     * The corrected probabilities.
     *
     * @param probabilities flat {@code [n, K]}, n ≥ 1, each row summing to 1 within 1e-4
     * @return flat {@code [n, K]}
     * @throws IllegalArgumentException if a row is not a distribution
     */
    public double[] probabilities(double[] probabilities) {
        ArgumentChecks checks = new ArgumentChecks();
        DistributionChecks.requireDistributions(checks, "probabilities", probabilities, classes());
        checks.verify();
        double[] result = new double[probabilities.length];
        Arrays.setAll(result, i -> Math.log(probabilities[i]) + shifts[i % shifts.length]);
        for (int from = 0; from < result.length; from += shifts.length) {
            LogOdds.softmax(result, from, shifts.length, 1);
        }
        return result;
    }

    /**
     * The corrected logits.
     *
     * @param logits flat {@code [n, K]}, n ≥ 1, finite; of a softmax
     * @return flat {@code [n, K]}
     * @throws IllegalArgumentException if they do not form rows of K, or one is NaN or infinite
     */
    public double[] logits(double[] logits) {
        ArgumentChecks checks = new ArgumentChecks();
        DistributionChecks.requireRows(checks, "logits", logits, classes());
        checks.requireFinite("logits", logits);
        checks.verify();
        double[] result = new double[logits.length];
        Arrays.setAll(result, i -> logits[i] + shifts[i % shifts.length]);
        return result;
    }
}
