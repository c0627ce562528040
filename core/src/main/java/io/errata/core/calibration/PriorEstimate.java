package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import java.util.List;

/**
 * The prior of unlabelled data, estimated from a classifier's probabilities by expectation–maximisation: the prior
 * under which these probabilities, corrected for it, have it as their mean. Saerens, Latinne and Decaestecker 2002,
 * section 2.2. It maximises a concave likelihood, so the start does not matter; it assumes what
 * {@link PriorCorrection} assumes, above all calibrated probabilities.
 *
 * <p>Where a share is just about 0, or classes are hard to tell apart, steps become small long before the end: such an
 * estimate is reported as not converged, and lies between the training prior and the most likely one. Costs
 * O(iterations · n · K), 2000 iterations at most.
 *
 * @param prior {@code [K]}, summing to 1
 * @param iterations the number of steps
 * @param converged whether the last one moved no share by more than 1e-9
 */
public record PriorEstimate(List<Double> prior, int iterations, boolean converged) {

    private static final int MAX_ITERATIONS = 2000;
    private static final double TOLERANCE = 1e-9;

    /** Copies {@code prior}. */
    public PriorEstimate {
        prior = List.copyOf(prior);
    }

    /**
     * For exclusive classes.
     *
     * @param probabilities flat {@code [n, K]}, n ≥ 1, of the unlabelled data; each row sums to 1 within 1e-4
     * @param trainingPrior {@code [K]}, each inside (0, 1), summing to 1 within 1e-6
     * @throws IllegalArgumentException if the prior or a row is not a distribution
     */
    public static PriorEstimate of(double[] probabilities, double[] trainingPrior) {
        ArgumentChecks checks = new ArgumentChecks();
        DistributionChecks.requirePrior(checks, "trainingPrior", trainingPrior);
        DistributionChecks.requireDistributions(checks, "probabilities", probabilities, trainingPrior.length);
        checks.verify();
        double[] prior = trainingPrior.clone();
        for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
            double[] next = step(probabilities, trainingPrior, prior);
            double moved = distance(prior, next);
            prior = next;
            if (moved <= TOLERANCE) {
                return new PriorEstimate(boxed(prior), iteration, true);
            }
        }
        return new PriorEstimate(boxed(prior), MAX_ITERATIONS, false);
    }

    /**
     * For two classes.
     *
     * @param probabilities {@code [n]}, n ≥ 1, the probabilities of a positive, in [0, 1]
     * @param trainingPrior the share of positives in the training set, inside (0, 1)
     * @return an estimate of two shares, the negatives' and the positives'
     * @throws IllegalArgumentException if a number is out of range
     */
    public static PriorEstimate ofPositives(double[] probabilities, double trainingPrior) {
        ArgumentChecks checks = new ArgumentChecks();
        DistributionChecks.requireInside(checks, "trainingPrior", trainingPrior);
        checks.require(probabilities.length > 0, "probabilities", "must be at least one", 0);
        double[] rows = new double[2 * probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                checks.require(false, "probabilities", "must be in [0, 1]", probabilities[i] + " at index " + i);
                break;
            }
            rows[2 * i] = 1 - probabilities[i];
            rows[2 * i + 1] = probabilities[i];
        }
        checks.verify();
        return of(rows, new double[] {1 - trainingPrior, trainingPrior});
    }

    /** The mean of the probabilities after correction from the training prior to {@code prior}. */
    private static double[] step(double[] probabilities, double[] trainingPrior, double[] prior) {
        int classes = prior.length;
        double[] mean = new double[classes];
        double[] row = new double[classes];
        for (int from = 0; from < probabilities.length; from += classes) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                row[k] = probabilities[from + k] * prior[k] / trainingPrior[k];
                sum += row[k];
            }
            for (int k = 0; k < classes; k++) {
                mean[k] += row[k] / sum;
            }
        }
        int n = probabilities.length / classes;
        return Arrays.stream(mean).map(m -> m / n).toArray();
    }

    private static double distance(double[] a, double[] b) {
        double max = 0;
        for (int k = 0; k < a.length; k++) {
            max = Math.max(max, Math.abs(a[k] - b[k]));
        }
        return max;
    }

    private static List<Double> boxed(double[] prior) {
        return Arrays.stream(prior).boxed().toList();
    }
}
