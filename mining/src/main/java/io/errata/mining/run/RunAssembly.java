package io.errata.mining.run;

import ai.djl.Device;
import io.errata.datasets.window.WindowGeometry;
import io.errata.detection.engine.DeviceSetting;
import io.errata.detection.files.SafeFiles;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.Network;
import io.errata.detection.training.CosineSchedule;
import io.errata.detection.training.Objective;
import io.errata.detection.training.Trainer;
import io.errata.mining.config.RunConfig;
import io.errata.mining.ledger.Ledger;
import io.errata.mining.policy.MiningPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a run together, as they are at its beginning or at a checkpoint, and starts the engine. */
final class RunAssembly {

    private final RunConfig config;
    private final TrainingData data;
    private final RunFolder folder;
    private final RunListener listener;
    private final @Nullable MiningPolicy policy;

    /** @param policy chooses hard negatives; {@code null} for the configured one */
    RunAssembly(
            RunConfig config,
            TrainingData data,
            RunFolder folder,
            RunListener listener,
            @Nullable MiningPolicy policy) {
        this.config = config;
        this.data = data;
        this.folder = folder;
        this.listener = listener;
        this.policy = policy;
    }

    /**
     * Runs rounds until a rule says stop; leaves a run that has ended as it is.
     *
     * @param checkpoint to go on from; empty to begin
     */
    void run(Objective objective, Optional<Path> checkpoint, Device device) throws IOException {
        WindowGeometry windows = data.corpus().geometry();
        Architecture architecture = Architecture.of(windows.patch(), windows.stride(), config.network());
        int classes = data.train().classes().size();
        try (Network network =
                        Network.create(architecture, classes, config.run().seed(), device);
                Trainer<Network> trainer = new Trainer<>(network, config.optimizer(), objective)) {
            Optional<Checkpoint.State> state = checkpoint.map(last -> restored(last, trainer));
            int done = state.map(before -> before.rounds().size()).orElse(0);
            Optional<RunSummary> result = folder.result(done);
            if (result.isPresent()) {
                listener.started(plan(network));
                listener.stopped(result.get());
                return;
            }
            try (Ledger ledger = ledger(state)) {
                RunRecorder recorder = new RunRecorder(folder, config, data, trainer, ledger);
                folder.writeSplit(data.train(), data.validation());
                folder.truncateMetrics(done);
                if (state.isPresent()) {
                    recorder.restore(state.get());
                }
                listener.started(plan(network));
                engine(trainer, recorder, ledger).run();
            }
        }
    }

    /** What a checkpoint says, after the trainer has taken over its weights. */
    private Checkpoint.State restored(Path checkpoint, Trainer<Network> trainer) {
        Checkpoint.State state = Checkpoint.readState(checkpoint, data.sha256());
        Checkpoint.restore(checkpoint, state, trainer);
        return state;
    }

    private Ledger ledger(Optional<Checkpoint.State> state) throws IOException {
        if (state.isPresent()) {
            Checkpoint.State before = state.get();
            return Ledger.resume(folder.ledger(), data.corpus(), before.rounds().size(), before.ledger());
        }
        SafeFiles.delete(folder.ledger());
        return Ledger.create(folder.ledger(), data.train());
    }

    private RoundEngine engine(Trainer<Network> trainer, RunRecorder recorder, Ledger ledger) {
        BatchShape shape = BatchShape.of(config, data.corpus());
        NegativeSource negatives = negatives(trainer, shape, ledger);
        int stepsPerRound = config.training().stepsPerRound();
        CosineSchedule schedule = new CosineSchedule(
                config.optimizer().learningRate(),
                config.optimizer().warmupSteps(),
                (long) stepsPerRound * config.mining().rounds());
        RoundTrainer steps = new RoundTrainer(stepsPerRound, shape, trainer, schedule, negatives, listener, folder);
        return new RoundEngine(config, data, trainer, schedule, negatives, steps, recorder, listener);
    }

    private NegativeSource negatives(Trainer<Network> trainer, BatchShape shape, Ledger ledger) {
        double perPositive = config.sampling().negativesPerPositive();
        int perNegative = config.mining().ohemCandidates();
        RoundSeeds seeds = new RoundSeeds(config.run().seed());
        RandomNegatives random = new RandomNegatives(data.corpus(), perPositive, seeds);
        return switch (config.mining().strategy()) {
            case RANDOM -> random;
            case OHEM -> {
                RandomNegatives candidates = new RandomNegatives(data.corpus(), perPositive * perNegative, seeds);
                yield new OnlineHardNegatives(candidates, trainer, shape.newCandidates(perNegative));
            }
            case ROUNDS -> {
                MiningPolicy choice = policy == null ? config.mining().composedPolicy() : policy;
                yield new MinedNegatives(random, data, trainer, choice, ledger, listener);
            }
        };
    }

    private RunListener.Plan plan(Network network) {
        return new RunListener.Plan(
                data.train().images().size(),
                data.validation().images().size(),
                data.train().objectCount(),
                data.corpus().geometry().levels(),
                data.corpus().windows(),
                data.corpus().positives(),
                data.corpus().gridRecall().at50(),
                network.parameterCount(),
                DeviceSetting.of(network.device()).text(),
                config.mining().rounds(),
                config.training().stepsPerRound(),
                data.notes());
    }
}
