package io.errata.core.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * Logits with the sign flipped where the target is nearer 1: z = x where it is nearer 0, z = −x where it is nearer 1.
 * Right answers have z far below 0, wrong ones far above. Log and sigmoid of z lose no digits where those of x would
 * cancel. For hard labels the cross-entropy is softplus(z) and the probability of an error σ(z); for soft ones a
 * label-only term is added.
 *
 * @param logits x; carry the gradient
 * @param targets y
 * @param label h, the nearer of 0 and 1
 * @param signed z = (1 − 2h)·x; carries the gradient
 */
record SignedLogits(NDArray logits, NDArray targets, NDArray label, NDArray signed) {

    static SignedLogits of(NDArray logits, NDArray targets) {
        NDArray label = targets.round();
        return new SignedLogits(logits, targets, label, logits.mul(LossArrays.affine(label, -2, 1)));
    }

    /** −y·log σ(x) − (1 − y)·log(1 − σ(x)) = softplus(z) + (h − y)·x. */
    NDArray crossEntropy() {
        return Activation.softPlus(signed).add(logits.mul(label.sub(targets)));
    }

    /** 1 − p_t = y·(1 − σ(x)) + (1 − y)·σ(x) = (1 − 2r)·σ(z) + r, where r = |h − y|. */
    NDArray errorProbability() {
        NDArray r = label.sub(targets).abs();
        return Activation.sigmoid(signed).mul(LossArrays.affine(r, -2, 1)).add(r);
    }
}
