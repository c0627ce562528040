package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;

/**
 * Binary cross-entropy from logits, for one class or many labels at once: {@code −w·y·log p − (1 − y)·log(1 − p)} with
 * {@code p = σ(logit)} and {@code w} the weight of positives ({@code pos_weight} in PyTorch), 1 unless set. Value and
 * gradient are finite for every finite logit, also where p rounds to 0 or 1, and the gradient at logit 0 is
 * {@code ½ − y} as it should be.
 *
 * <p>Immutable and thread-safe.
 */
public final class BinaryCrossEntropy implements ClassificationLoss {

    private static final double[] UNWEIGHTED = {};

    private final double[] positiveWeights;

    private BinaryCrossEntropy(double[] positiveWeights) {
        this.positiveWeights = positiveWeights;
    }

    /** Positives and negatives weigh the same. */
    public static BinaryCrossEntropy create() {
        return new BinaryCrossEntropy(UNWEIGHTED);
    }

    /**
     * A copy in which positives weigh {@code weights} times as much: above 1 raises recall, below 1 precision.
     *
     * @param weights one for all classes, or one for each class along the last axis of the logits
     * @throws IllegalArgumentException if there is none, or one is not a finite number above 0
     */
    public BinaryCrossEntropy withPositiveWeight(double... weights) {
        ArgumentChecks.check(weights.length > 0, "positiveWeight", "must be one number or one a class", "none");
        for (double weight : weights) {
            ArgumentChecks.check(
                    weight > 0 && weight < Double.POSITIVE_INFINITY,
                    "positiveWeight",
                    "must be > 0 and finite",
                    weight);
        }
        return new BinaryCrossEntropy(weights.clone());
    }

    /** {@inheritDoc} The result has the shape of {@code logits}. */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        LossArrays.requireTargets(logits, targets);
        SignedLogits signed = SignedLogits.of(logits, targets);
        return positiveWeights.length == 0 ? signed.crossEntropy() : weighted(signed);
    }

    /**
     * With u = w·y and v = 1 − y the loss is u·softplus(−x) + v·softplus(x), and softplus(x) − softplus(−x) = x: from
     * the nearer label h it is (u + v)·softplus(z) + (h·(u + v) − u)·x.
     */
    private NDArray weighted(SignedLogits signed) {
        NDArray u = LossArrays.scale(signed.targets(), positiveWeights);
        NDArray both = u.add(LossArrays.affine(signed.targets(), -1, 1));
        NDArray rest = signed.label().mul(both).subi(u);
        return Activation.softPlus(signed.signed())
                .mul(both)
                .add(signed.logits().mul(rest));
    }

    @Override
    public String toString() {
        return positiveWeights.length == 0
                ? "BinaryCrossEntropy"
                : "BinaryCrossEntropy[positiveWeight=" + Arrays.toString(positiveWeights) + "]";
    }
}
