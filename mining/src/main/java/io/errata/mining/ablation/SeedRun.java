package io.errata.mining.ablation;

import io.errata.detection.evaluation.Figures;
import io.errata.mining.run.RoundResult;
import io.errata.mining.run.RunSummary;
import io.errata.mining.run.SecondStageResult;
import org.jspecify.annotations.Nullable;

/**
 * One run of an arm.
 *
 * @param seed every random choice of the run follows from
 * @param folder the run's, relative to the ablation's
 * @param steps trained in the rounds; fewer than the budget where a rule stopped the run
 * @param stopReason why it ended
 * @param bestRound whose detector was kept
 * @param seconds of training and of scanning, over all rounds and in the second stage; validation and reading are not in it
 * @param validation the kept detector's figures on the images that chose it
 * @param test its figures on the test images; {@code null} where there are none
 */
public record SeedRun(
        long seed,
        String folder,
        long steps,
        String stopReason,
        int bestRound,
        double seconds,
        Figures validation,
        @Nullable Figures test) {

    static SeedRun of(String folder, RunSummary summary, int stepsPerRound, @Nullable Figures test) {
        Integer best = summary.bestRound();
        String reason = summary.stopReason();
        Figures validation = summary.best();
        if (best == null || validation == null || reason == null) {
            throw new IllegalArgumentException("summary must be of a finished run, found status " + summary.status());
        }
        SecondStageResult secondStage = summary.secondStage();
        double seconds = secondStage == null ? 0 : secondStage.seconds();
        for (RoundResult round : summary.rounds()) {
            seconds += round.train().seconds() + round.scan().seconds();
        }
        long steps = (long) stepsPerRound * summary.rounds().size();
        return new SeedRun(summary.seed(), folder, steps, reason, best, seconds, validation, test);
    }

    /** The figures that arms are compared by: those on the test images where there are any. */
    public Figures figures() {
        return test == null ? validation : test;
    }
}
