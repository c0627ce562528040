package io.errata.mining.config;

import io.errata.core.problem.ArgumentChecks;
import io.errata.detection.embedding.HeadRefit;

/**
 * Section {@code training}: how long each round trains.
 *
 * @param stepsPerRound gradient steps of a round, at least 1; default 270. The number of epochs follows from it, so that what is
 *     compared is compared at equal steps
 * @param batchSize patches in a step, positives and negatives together, in [2, 65536]; default 128
 * @param refitHead how the outputs of the best round's network are learned anew at the end; default {@code none}
 */
public record TrainingSettings(int stepsPerRound, int batchSize, HeadRefit refitHead) {

    public TrainingSettings {
        new ArgumentChecks()
                .require(stepsPerRound >= 1, "stepsPerRound", "must be ≥ 1 step", stepsPerRound)
                .require(batchSize >= 2 && batchSize <= 65_536, "batchSize", "must be in [2, 65536]", batchSize)
                .verify();
    }

    /** 270 steps of 128 patches. */
    public static TrainingSettings withDefaults() {
        return new TrainingSettings(270, 128, HeadRefit.NONE);
    }
}
