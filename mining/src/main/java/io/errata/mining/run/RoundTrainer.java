package io.errata.mining.run;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.detection.engine.EngineThreads;
import io.errata.detection.network.Network;
import io.errata.detection.training.BatchSource;
import io.errata.detection.training.CosineSchedule;
import io.errata.detection.training.Trainer;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The steps of a round. The next batch is filled on a thread of its own while the engine learns from this one. */
final class RoundTrainer {

    /** How often the loss is brought back: on a GPU it costs a wait. */
    private static final int LOSS_EVERY = 10;
    /** Losses at the end of a round that its mean is taken over. */
    private static final int LOSSES = 5;

    private final int steps;
    private final Trainer<Network> trainer;
    private final CosineSchedule schedule;
    private final NegativeSource negatives;
    private final RunListener listener;
    private final RunFolder folder;
    private final PatchBatch[] batches;

    /** @param steps of each round */
    RoundTrainer(
            int steps,
            BatchShape shape,
            Trainer<Network> trainer,
            CosineSchedule schedule,
            NegativeSource negatives,
            RunListener listener,
            RunFolder folder) {
        this.steps = steps;
        this.trainer = trainer;
        this.schedule = schedule;
        this.negatives = negatives;
        this.listener = listener;
        this.folder = folder;
        this.batches = new PatchBatch[] {shape.newBatch(), shape.newBatch()};
    }

    /**
     * Cuts the patches of a round; the caller closes them.
     *
     * @param memory bytes of them to hold in memory; more go to a file in the run's folder
     */
    RoundPatches cut(BatchSource source, PyramidStore pyramids, long memory) {
        return RoundPatches.cut(negatives, source, steps, batches[0], pyramids, memory, folder.patches());
    }

    /**
     * Trains one round.
     *
     * @param patches of the round, cut for this source
     * @return the mean loss at its end
     */
    double train(int round, BatchSource source, RoundPatches patches) throws IOException {
        EngineThreads.useAll();
        double[] losses = new double[LOSSES];
        int kept = 0;
        ExecutorService filler = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "errata-batches");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletableFuture<PatchBatch> next = fill(filler, source, patches, 0);
            for (int step = 0; step < steps; step++) {
                PatchBatch batch = join(next);
                if (step + 1 < steps) {
                    next = fill(filler, source, patches, step + 1);
                }
                int now = step;
                negatives.complete(source, nth -> patches.of(now, nth), batch, step);
                boolean wantsLoss = step % LOSS_EVERY == 0 || step >= steps - LOSSES;
                double learningRate = schedule.at((long) round * steps + step);
                double loss = trainer.step(batch, learningRate, wantsLoss);
                if (wantsLoss) {
                    losses[kept++ % LOSSES] = finite(loss, round, step);
                    folder.appendMetric("step", round, new StepMetric(step, loss, learningRate));
                }
                listener.stepped(round, step + 1, steps);
            }
        } finally {
            filler.shutdownNow();
        }
        return Arrays.stream(losses).limit(Math.max(1, kept)).average().orElse(Double.NaN);
    }

    private CompletableFuture<PatchBatch> fill(
            ExecutorService filler, BatchSource source, RoundPatches patches, int step) {
        return CompletableFuture.supplyAsync(
                () -> {
                    PatchBatch batch = batches[step % 2];
                    negatives.fill(source, patches.of(step, 0), batch, step);
                    return batch;
                },
                filler);
    }

    private double finite(double loss, int round, int step) {
        if (!Double.isFinite(loss)) {
            throw new InvalidInputException(new Problem(
                    null,
                    null,
                    "optimizer.learning_rate",
                    "training must converge, but the loss became " + loss + " by step " + step + " of round " + round
                            + "; lower the learning rate, found " + schedule.peak(),
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
