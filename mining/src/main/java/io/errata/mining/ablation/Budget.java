package io.errata.mining.ablation;

import io.errata.mining.config.RunConfig;

/**
 * How long a run trains at most; only runs of an equal budget are compared.
 *
 * @param steps gradient steps in all rounds together
 * @param batchSize patches in a step
 */
public record Budget(long steps, int batchSize) {

    /** {@code mining.rounds} times {@code training.steps_per_round} steps of {@code training.batch_size} patches. */
    public static Budget of(RunConfig config) {
        long steps = (long) config.mining().rounds() * config.training().stepsPerRound();
        return new Budget(steps, config.training().batchSize());
    }

    /** In words. */
    @Override
    public String toString() {
        return steps + " gradient steps of " + batchSize + " patches";
    }
}
