package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.ClassCounts;
import io.errata.core.weight.ClassWeights;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Label-distribution-aware margin loss: the logit of the true class must win by a margin, the wider the rarer the
 * class. From logits x it is the cross-entropy of {@code s·(x − m·y)} with the labels y, {@code m_c = C/n_c^¼} and s a
 * scale. Soft labels get their share of the margin, which is not the same as mixing the losses of two labels. Cao et
 * al. 2019, arXiv 1906.07413.
 *
 * <p>The paper's scale of 30 is for logits that are cosines, between normalised features and normalised weights; for
 * the logits of an ordinary layer set 1, or the softmax saturates at once. Detect with the probabilities of
 * {@code s·x}. A scale multiplies the gradient too.
 *
 * <p>Immutable and thread-safe. {@link DeferredReweighting} adds class weights later in the training.
 */
public final class LdamLoss implements ClassificationLoss {

    private static final double LARGEST_MARGIN = 0.5;
    private static final double SOFTMAX_SCALE = 30;

    private final boolean exclusive;
    private final ClassCounts counts;
    private final double[] margins;
    private final double scale;
    private final @Nullable ClassWeights weights;
    private final ClassificationLoss crossEntropy;

    private LdamLoss(
            boolean exclusive, ClassCounts counts, double[] margins, double scale, @Nullable ClassWeights weights) {
        this.exclusive = exclusive;
        this.counts = counts;
        this.margins = margins;
        this.scale = scale;
        this.weights = weights;
        this.crossEntropy = exclusive ? exclusive(weights) : independent(weights);
    }

    /**
     * For exclusive classes, one loss a row: margins up to 0.5, scale 30.
     *
     * @throws IllegalArgumentException if there is only one class
     */
    public static LdamLoss softmax(ClassCounts counts) {
        return new LdamLoss(true, counts, counts.margins(LARGEST_MARGIN), SOFTMAX_SCALE, null);
    }

    /**
     * For many labels at once, as the heads of detectors are, one loss a number: the logits of positives are lowered
     * by their margin, those of negatives stay. Margins up to 0.5, scale 1.
     *
     * @throws IllegalArgumentException if there is only one class
     */
    public static LdamLoss sigmoid(ClassCounts counts) {
        return new LdamLoss(false, counts, counts.margins(LARGEST_MARGIN), 1, null);
    }

    /**
     * A copy in which the rarest class has the margin {@code largest}, and the others in proportion.
     *
     * @throws IllegalArgumentException if {@code largest} is not a finite number above 0
     */
    public LdamLoss withLargestMargin(double largest) {
        return new LdamLoss(exclusive, counts, counts.margins(largest), scale, weights);
    }

    /**
     * A copy that multiplies logits, less their margins, by {@code newScale}.
     *
     * @throws IllegalArgumentException if {@code newScale} is not a finite number above 0
     */
    public LdamLoss withScale(double newScale) {
        ArgumentChecks.check(
                newScale > 0 && newScale < Double.POSITIVE_INFINITY, "scale", "must be > 0 and finite", newScale);
        return new LdamLoss(exclusive, counts, margins, newScale, weights);
    }

    /**
     * A copy in which each class's term is multiplied by its weight: {@code −w_c·y_c·log p_c}. With sigmoids that is a
     * weight of positives; negatives weigh 1.
     *
     * @throws IllegalArgumentException if there are not as many weights as classes
     */
    public LdamLoss withClassWeights(ClassWeights classWeights) {
        ArgumentChecks.check(
                classWeights.classes() == counts.classes(),
                "class weights",
                "must be one a class, " + counts.classes(),
                classWeights.classes());
        return new LdamLoss(exclusive, counts, margins, scale, classWeights);
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
        NDArray required = targets.mul(LossArrays.row("margins", targets, margins));
        NDArray scaled = logits.sub(required).mul(LossArrays.scalar(logits, scale));
        return crossEntropy.perElement(scaled, targets);
    }

    private static ClassificationLoss exclusive(@Nullable ClassWeights weights) {
        return weights == null ? CrossEntropy.create() : CrossEntropy.create().withClassWeights(weights);
    }

    private static ClassificationLoss independent(@Nullable ClassWeights weights) {
        return weights == null
                ? BinaryCrossEntropy.create()
                : BinaryCrossEntropy.create().withPositiveWeight(weights.toArray());
    }

    @Override
    public String toString() {
        return "LdamLoss[margins=" + Arrays.toString(margins) + ", scale=" + scale
                + (weights == null ? "" : ", classWeights=" + weights.weights()) + "]";
    }
}
