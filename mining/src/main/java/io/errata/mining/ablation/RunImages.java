package io.errata.mining.ablation;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.mining.config.RunConfig;

/**
 * The images of a run.
 *
 * @param train trained on
 * @param validation choose the best round
 * @param skipped problems that were left out on purpose when they were read
 */
public record RunImages(Dataset train, Dataset validation, int skipped) {

    /** Reads the images that a configuration names. */
    @FunctionalInterface
    public interface Source {

        /**
         * Must not depend on {@code run.seed}, or the arms' images would not be those of all seeds.
         *
         * @throws InvalidInputException with every problem of the data
         */
        RunImages read(RunConfig config);
    }
}
