package io.errata.core.mixing;

import java.util.List;
import java.util.SplittableRandom;

/**
 * How the patches of a batch are mixed in pairs. The givers are a random permutation of the patches, so that each
 * gives at most once; λ is drawn for each pair from Beta(α, α) and is the larger of λ and 1 − λ, so that the receiver
 * dominates. Its label is learned with weight λ, the giver's with 1 − λ, and a positive receiver's box offsets with λ.
 * Immutable and thread-safe.
 */
public sealed interface Mixing permits NoMixing, MixUp, CutMix {

    /**
     * Draws which patches are mixed.
     *
     * @param roles of the patches, in the order of the batch; an {@link Role#IGNORED} one neither gives nor receives
     * @param random the same state gives the same plan
     * @return the patches that are mixed, by ascending receiver; the others stay as they are
     */
    List<Mix> plan(List<Role> roles, SplittableRandom random);

    /** Leaves every patch as it is and draws nothing. */
    static Mixing none() {
        return new NoMixing();
    }
}
