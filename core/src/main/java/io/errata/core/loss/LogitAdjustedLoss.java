package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.ClassCounts;
import java.util.Arrays;

/**
 * Cross-entropy of logits plus the log prior of the classes, scaled by τ. The network learns what the prior does not
 * explain, so its own logits treat all classes alike. Detect with those, without the prior, which is added in the loss
 * only. Menon et al. 2020, arXiv 2007.07314.
 *
 * <p>Immutable and thread-safe.
 */
public final class LogitAdjustedLoss implements ClassificationLoss {

    private final ClassificationLoss crossEntropy;
    private final double[] adjustments;

    private LogitAdjustedLoss(ClassificationLoss crossEntropy, double[] priors, double tau) {
        ArgumentChecks.check(tau >= 0 && tau < Double.POSITIVE_INFINITY, "tau", "must be >= 0 and finite", tau);
        this.crossEntropy = crossEntropy;
        this.adjustments = Arrays.stream(priors).map(prior -> tau * prior).toArray();
    }

    /**
     * For exclusive classes, one loss a row: {@link CrossEntropy} of {@code x + τ·log π}, {@code π_c = n_c/Σn}.
     *
     * @param tau how much of the prior is added, ≥ 0; 1 is right for the balanced error, 0 is plain cross-entropy
     * @throws IllegalArgumentException if there is only one class, or {@code tau} is out of range
     */
    public static LogitAdjustedLoss softmax(ClassCounts counts, double tau) {
        return new LogitAdjustedLoss(CrossEntropy.create(), counts.logPriors(), tau);
    }

    /**
     * For many labels at once, one loss a number: {@link BinaryCrossEntropy} of {@code x + τ·log(π/(1 − π))},
     * {@code π_c = n_c/examples}. It takes the place of a classifier's bias that starts at the prior: use one of them.
     *
     * @param examples how many examples there are in all, background too; more than there are of each class
     * @param tau how much of the prior is added, ≥ 0
     * @throws IllegalArgumentException if a class has as many examples as there are, or {@code tau} is out of range
     */
    public static LogitAdjustedLoss sigmoid(ClassCounts counts, long examples, double tau) {
        return new LogitAdjustedLoss(BinaryCrossEntropy.create(), counts.logOdds(examples), tau);
    }

    /**
     * {@inheritDoc}
     *
     * @param logits {@code [..., C]}, a class for each count
     * @return {@code [...]} for exclusive classes, else {@code [..., C]}
     * @throws IllegalArgumentException also if the classes are not as many as the counts
     */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        LossArrays.requireTargets(logits, targets);
        return crossEntropy.perElement(logits.add(LossArrays.row("class counts", logits, adjustments)), targets);
    }

    @Override
    public String toString() {
        return "LogitAdjustedLoss[" + crossEntropy + ", adjustments=" + Arrays.toString(adjustments) + "]";
    }
}
