package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.ArgumentChecks;

/**
 * A loss over exclusive classes for a network that has one output a class and none for background. Background is
 * appended as the last class, with the constant logit 0 and the label {@code 1 − Σy}, so that a row of zeros says
 * "background". σ(x_c) is then the probability of class c against background alone, softmax of (x, 0) that against
 * all. With one class and cross-entropy it is {@link BinaryCrossEntropy}.
 *
 * <p>The loss inside sees one class more: its weights or counts have one more entry, that of background, at the end.
 *
 * <p>Immutable and thread-safe if the loss inside is.
 */
public final class ImplicitBackground implements ClassificationLoss {

    private final ClassificationLoss loss;

    private ImplicitBackground(ClassificationLoss loss) {
        this.loss = loss;
    }

    /** {@code loss}, which gives one loss a row, with background as its last class. */
    public static ImplicitBackground of(ClassificationLoss loss) {
        return new ImplicitBackground(loss);
    }

    /**
     * {@inheritDoc}
     *
     * @param logits {@code [..., C]}, C ≥ 1
     * @param targets {@code [..., C]}; a row sums to at most 1, and background is the rest
     * @return what the loss inside gives for {@code [..., C + 1]}: {@code [...]}, one loss a row
     * @throws IllegalArgumentException also if {@code logits} have no axis
     */
    @Override
    public NDArray perElement(NDArray logits, NDArray targets) {
        LossArrays.requireTargets(logits, targets);
        Shape shape = logits.getShape();
        if (shape.isScalar()) {
            throw ArgumentChecks.failure("logits", "must be one a class along the last axis", shape);
        }
        int last = shape.dimension() - 1;
        NDArray background =
                LossArrays.affine(targets.sum(new int[] {last}, true), -1, 1).clip(0, 1);
        return loss.perElement(logits.concat(background.zerosLike(), last), targets.concat(background, last));
    }

    @Override
    public String toString() {
        return "ImplicitBackground[" + loss + "]";
    }
}
