package io.errata.core.mixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Who gives to whom, whatever is done with the pair. */
final class Pairing {

    private Pairing() {}

    /** Decides about one pair; empty leaves the receiver as it is. */
    @FunctionalInterface
    interface Pair {
        Optional<Mix> mix(int receiver, int giver);
    }

    static List<Mix> plan(List<Role> roles, double share, SplittableRandom random, Pair pair) {
        int[] receivers = IntStream.range(0, roles.size())
                .filter(i -> roles.get(i) != Role.IGNORED)
                .toArray();
        int[] givers = shuffled(receivers, random);
        List<Mix> plan = new ArrayList<>();
        for (int i = 0; i < receivers.length; i++) {
            if (random.nextDouble() < share && givers[i] != receivers[i]) {
                pair.mix(receivers[i], givers[i]).ifPresent(plan::add);
            }
        }
        return List.copyOf(plan);
    }

    private static int[] shuffled(int[] places, SplittableRandom random) {
        int[] order = places.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return order;
    }
}
