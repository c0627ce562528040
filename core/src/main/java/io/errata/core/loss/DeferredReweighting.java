package io.errata.core.loss;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.weight.ClassWeights;

/**
 * One loss at first, another from a given time on: features are learned from unweighted examples, and rare classes get
 * their weight when the learning rate has fallen. Cao et al. 2019, arXiv 1906.07413, algorithm 1, where the later loss
 * has the weights of {@link ClassWeights#effectiveNumber} with β = 0.9999 from epoch 160 of 200.
 *
 * <p>Immutable: the loss follows from the step, so that a resumed run has the same one.
 *
 * @param before the loss until then
 * @param after the loss from then on
 * @param start the first step (or epoch, or round: whatever the caller counts, from 0) of {@code after}, ≥ 0
 */
public record DeferredReweighting(ClassificationLoss before, ClassificationLoss after, long start) {

    /** @throws IllegalArgumentException if {@code start} is below 0 */
    public DeferredReweighting {
        ArgumentChecks.check(start >= 0, "start", "must be >= 0", start);
    }

    /**
     * A margin loss that gets class weights.
     *
     * @throws IllegalArgumentException if there are not as many weights as the loss has classes, or {@code start} is
     *     below 0
     */
    public static DeferredReweighting of(LdamLoss loss, ClassWeights weights, long start) {
        return new DeferredReweighting(loss, loss.withClassWeights(weights), start);
    }

    /** The loss of step {@code step}, counted from 0 as {@code start} is. */
    public ClassificationLoss at(long step) {
        return step < start ? before : after;
    }
}
