package io.errata.core.mixing;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * MixUp: every pixel is λ times the receiver's plus 1 − λ times the giver's. Zhang et al. 2018, arXiv 1710.09412.
 * Nothing is cut away, so an object is seen whole or not at all and no patch falls between positive and negative.
 *
 * @param alpha α of Beta(α, α), &gt; 0: towards 0 nothing is mixed, 1 is uniform. The paper's choice is 0.1 to 0.4
 * @param share the chance of each patch to receive, in [0, 1]
 */
public record MixUp(double alpha, double share) implements Mixing {

    /** @throws IllegalArgumentException with every number that is out of range */
    public MixUp {
        Pairing.checks(alpha, share).verify();
    }

    @Override
    public List<Mix> plan(List<Role> roles, SplittableRandom random) {
        SymmetricBeta beta = new SymmetricBeta(alpha);
        return Pairing.plan(roles, share, random, (receiver, giver) -> {
            double lambda = beta.drawLarger(random);
            return lambda == 1 ? Optional.empty() : Optional.of(new Mix(receiver, giver, lambda, null, true));
        });
    }
}
