package io.errata.mining.run;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.window.WindowCorpus;
import io.errata.detection.training.BatchSource;
import io.errata.detection.training.CosineSchedule;
import io.errata.detection.training.Trainer;
import io.errata.mining.config.MiningStrategy;
import io.errata.mining.config.RunConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The steps of a round. The next batch is filled on a thread of its own while the engine learns from this one. */
final class StepRunner {

    /** How often the loss is brought back: on a GPU it costs a wait. */
    private static final int LOSS_EVERY = 10;
    /** Losses at the end of a round that its mean is taken over. */
    private static final int LOSSES = 5;

    private final RunConfig config;
    private final Trainer trainer;
    private final CosineSchedule schedule;
    private final RunListener listener;
    private final RunFolder folder;
    private final PatchBatch[] batches;
    private final PatchBatch candidates;

    StepRunner(
            RunConfig config,
            Trainer trainer,
            CosineSchedule schedule,
            RunListener listener,
            RunFolder folder,
            WindowCorpus corpus) {
        this.config = config;
        this.trainer = trainer;
        this.schedule = schedule;
        this.listener = listener;
        this.folder = folder;
        int size = config.training().batchSize();
        int front = (int) Math.max(1, Math.round(size / (1 + config.sampling().negativesPerPositive())));
        front = Math.min(front, size - 1);
        int patch = corpus.geometry().patch();
        int classes = corpus.dataset().classes().size();
        this.batches = new PatchBatch[] {
            new PatchBatch(size, front, patch, classes), new PatchBatch(size, front, patch, classes)
        };
        int scored = config.mining().strategy() == MiningStrategy.OHEM
                ? (size - front) * config.mining().ohemCandidates()
                : 1;
        this.candidates = new PatchBatch(scored, 0, patch, classes);
    }

    /**
     * Trains one round.
     *
     * @return the mean loss at its end
     */
    double train(int round, BatchSource source) throws IOException {
        int steps = config.training().stepsPerRound();
        double[] losses = new double[LOSSES];
        int kept = 0;
        ExecutorService filler = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "errata-batches");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletableFuture<PatchBatch> next = fill(filler, source, 0);
            for (int step = 0; step < steps; step++) {
                PatchBatch batch = join(next);
                if (step + 1 < steps) {
                    next = fill(filler, source, step + 1);
                }
                if (config.mining().strategy() == MiningStrategy.OHEM) {
                    chooseHardest(source, batch, step);
                }
                boolean wantsLoss = step % LOSS_EVERY == 0 || step >= steps - LOSSES;
                double loss = trainer.step(batch, schedule.at((long) round * steps + step), wantsLoss);
                if (wantsLoss) {
                    losses[kept++ % LOSSES] = finite(loss, round, step);
                    folder.appendMetric(
                            "step", round, new StepMetric(step, loss, schedule.at((long) round * steps + step)));
                }
                listener.stepped(round, step + 1, steps);
            }
        } finally {
            filler.shutdownNow();
        }
        return Arrays.stream(losses).limit(Math.max(1, kept)).average().orElse(Double.NaN);
    }

    private CompletableFuture<PatchBatch> fill(ExecutorService filler, BatchSource source, int step) {
        boolean withNegatives = config.mining().strategy() != MiningStrategy.OHEM;
        return CompletableFuture.supplyAsync(
                () -> {
                    PatchBatch batch = batches[step % 2];
                    source.fill(batch, step, withNegatives);
                    return batch;
                },
                filler);
    }

    /** Online hard example mining (Shrivastava et al. 2016, arXiv 1604.03540): the hardest of several candidates. */
    private void chooseHardest(BatchSource source, PatchBatch batch, int step) {
        long[] keys = source.fillCandidates(candidates, step);
        int[] places = trainer.hardest(candidates, batch.size() - batch.positives());
        source.replaceNegatives(
                batch, Arrays.stream(places).mapToLong(i -> keys[i]).toArray(), step);
    }

    private double finite(double loss, int round, int step) {
        if (!Double.isFinite(loss)) {
            throw new InvalidInputException(new Problem(
                    null,
                    null,
                    "optimizer.learning_rate",
                    "training must converge, but the loss became " + loss + " by step " + step + " of round " + round
                            + "; lower the learning rate, found "
                            + config.optimizer().learningRate(),
                    "diverged"));
        }
        return loss;
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** A line of the metrics. */
    private record StepMetric(int step, double loss, double learningRate) {}
}
