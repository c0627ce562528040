package io.errata.core.mixing;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.random.Shuffle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws pairs of receiver and giver, for any kind of mixing. */
final class Pairing {

    private Pairing() {}

    /** Decides about one pair; empty leaves the receiver as it is. */
    @FunctionalInterface
    interface Pair {
        Optional<Mix> mix(int receiver, int giver);
    }

    /** Checks the two numbers that every kind of mixing has; more can be added. */
    static ArgumentChecks checks(double alpha, double share) {
        return new ArgumentChecks()
                .require(alpha > 0 && alpha < Double.POSITIVE_INFINITY, "alpha", "must be > 0 and finite", alpha)
                .require(share >= 0 && share <= 1, "share", "must be in [0, 1]", share);
    }

    static List<Mix> plan(List<Role> roles, double share, SplittableRandom random, Pair pair) {
        int[] receivers = IntStream.range(0, roles.size())
                .filter(i -> roles.get(i) != Role.IGNORED)
                .toArray();
        int[] givers = Shuffle.all(receivers.clone(), random);
        List<Mix> plan = new ArrayList<>();
        for (int i = 0; i < receivers.length; i++) {
            if (random.nextDouble() < share && givers[i] != receivers[i]) {
                pair.mix(receivers[i], givers[i]).ifPresent(plan::add);
            }
        }
        return List.copyOf(plan);
    }
}
