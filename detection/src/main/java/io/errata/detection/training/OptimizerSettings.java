package io.errata.detection.training;

import io.errata.core.problem.ArgumentChecks;

/**
 * AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) under one cosine over all rounds: section {@code optimizer} of a configuration.
 *
 * @param learningRate the highest learning rate, in (0, 1]; default 0.005
 * @param weightDecay decoupled weight decay, in [0, 1); default 0.0001
 * @param warmupSteps steps over which the learning rate rises from 0, at least 0; default 30
 * @param beta1 decay of the gradient's mean, in [0, 1); default 0.9
 * @param beta2 decay of the squared gradient's mean, in [0, 1); default 0.999
 * @param epsilon added to the denominator, in (0, 1]; default 1e-8
 */
public record OptimizerSettings(
        double learningRate, double weightDecay, int warmupSteps, double beta1, double beta2, double epsilon) {

    public OptimizerSettings {
        new ArgumentChecks()
                .require(learningRate > 0 && learningRate <= 1, "learningRate", "must be in (0, 1]", learningRate)
                .require(weightDecay >= 0 && weightDecay < 1, "weightDecay", "must be in [0, 1)", weightDecay)
                .require(warmupSteps >= 0, "warmupSteps", "must be ≥ 0 steps", warmupSteps)
                .require(beta1 >= 0 && beta1 < 1, "beta1", "must be in [0, 1)", beta1)
                .require(beta2 >= 0 && beta2 < 1, "beta2", "must be in [0, 1)", beta2)
                .require(epsilon > 0 && epsilon <= 1, "epsilon", "must be in (0, 1]", epsilon)
                .verify();
    }

    /** Learning rate 0.005 after 30 steps of warm-up. */
    public static OptimizerSettings withDefaults() {
        return new OptimizerSettings(0.005, 1e-4, 30, 0.9, 0.999, 1e-8);
    }
}
