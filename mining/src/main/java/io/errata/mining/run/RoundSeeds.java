package io.errata.mining.run;

import java.util.SplittableRandom;

/**
 * The seeds of a run: every random choice of a round has one of its own, which follows from the run's seed, the round and the purpose
 * alone, so that a resumed run draws as one never interrupted.
 *
 * @param seed of the run
 */
record RoundSeeds(long seed) {

    /** For drawing a round's random negatives. */
    long negatives(int round) {
        return of(round, 0);
    }

    /** For filling a round's batches. */
    long batches(int round) {
        return of(round, 1);
    }

    /** For learning the outputs of a round's network anew. */
    long refit(int round) {
        return of(round, 2);
    }

    /** For training the second stage of a round's network. */
    long secondStage(int round) {
        return of(round, 3);
    }

    private long of(int round, int purpose) {
        return new SplittableRandom(seed * 1_000_003 + round * 31L + purpose).nextLong();
    }
}
