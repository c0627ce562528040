package io.errata.mining.run;

import ai.djl.Device;
import io.errata.core.loss.ClassificationLoss;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.Split;
import io.errata.datasets.window.WindowGeometry;
import io.errata.detection.detector.Detector;
import io.errata.detection.files.SafeFiles;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.EngineEnvironment;
import io.errata.detection.network.Network;
import io.errata.detection.training.AdamW;
import io.errata.detection.training.BoxLoss;
import io.errata.detection.training.Objective;
import io.errata.detection.training.Trainer;
import io.errata.mining.config.BoxLossSettings;
import io.errata.mining.config.DataSettings;
import io.errata.mining.config.LossSettings;
import io.errata.mining.config.MiningStrategy;
import io.errata.mining.config.RunConfig;
import io.errata.mining.config.SamplingSettings;
import io.errata.mining.config.SeenCounts;
import io.errata.mining.ledger.Ledger;
import io.errata.mining.policy.HardNegatives;
import io.errata.mining.policy.MiningPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains a detector by rounds of hard-negative mining. Immutable: each {@code with} method returns a changed copy. What is not said is
 * as in the default configuration.
 */
public final class MiningRun {

    /** The share of the images held out where nothing is said of validation. */
    private static final Split DEFAULT_SPLIT = Split.fraction(0.2);

    private final Dataset train;
    private final @Nullable Dataset validation;
    private final RunConfig config;
    private final @Nullable WindowGeometry geometry;
    private final @Nullable ClassificationLoss loss;
    private final @Nullable MiningPolicy policy;
    private final RunListener listener;
    private final int skipped;

    private MiningRun(
            Dataset train,
            @Nullable Dataset validation,
            RunConfig config,
            @Nullable WindowGeometry geometry,
            @Nullable ClassificationLoss loss,
            @Nullable MiningPolicy policy,
            RunListener listener,
            int skipped) {
        this.train = train;
        this.validation = validation;
        this.config = config;
        this.geometry = geometry;
        this.loss = loss;
        this.policy = policy;
        this.listener = listener;
        this.skipped = skipped;
    }

    /** A run on these images, of which a fifth is held out to choose the best round. */
    public static MiningRun on(Dataset train) {
        return new MiningRun(
                train, null, RunConfig.of(DataSettings.of("api")), null, null, null, RunListener.none(), 0);
    }

    /** Holds images of the training set out to choose the best round. */
    public MiningRun withValidation(Split split) {
        Split.Sides sides = split.of(train);
        return new MiningRun(sides.training(), sides.heldOut(), config, geometry, loss, policy, listener, skipped);
    }

    /** Chooses the best round on these images, which are not trained on. */
    public MiningRun withValidation(Dataset images) {
        return new MiningRun(train, images, config, geometry, loss, policy, listener, skipped);
    }

    /** Looks at these windows instead of those that the boxes suggest. */
    public MiningRun withWindows(WindowGeometry windows) {
        return new MiningRun(train, validation, config, windows, loss, policy, listener, skipped);
    }

    /** Draws and varies training windows so. */
    public MiningRun withSampling(SamplingSettings sampling) {
        return withConfig(new RunConfig(
                config.data(),
                config.windows(),
                sampling,
                config.network(),
                config.loss(),
                config.optimizer(),
                config.training(),
                config.mining(),
                config.evaluation(),
                config.run()));
    }

    /** Minimises this loss of the class logits. */
    public MiningRun withLoss(ClassificationLoss classification) {
        return new MiningRun(train, validation, config, geometry, classification, policy, listener, skipped);
    }

    /** Chooses hard negatives by this policy. */
    public MiningRun withMining(MiningPolicy mining) {
        return new MiningRun(train, validation, config, geometry, loss, mining, listener, skipped);
    }

    /**
     * Trains at most so many rounds.
     *
     * @throws InvalidInputException if {@code rounds} is not at least 1
     */
    public MiningRun withRounds(int rounds) {
        return with("mining.rounds=" + rounds);
    }

    /** Makes every random choice but the validation split follow from this seed. */
    public MiningRun withSeed(long seed) {
        return with("run.seed=" + seed);
    }

    /** Changes settings as the command line does, each {@code section.key=value}. */
    public MiningRun with(String... settings) {
        return withConfig(config.with(settings));
    }

    /** Takes all settings at once; what was set by an object of its own, such as a policy, stays. */
    public MiningRun withConfig(RunConfig settings) {
        return new MiningRun(train, validation, settings, geometry, loss, policy, listener, skipped);
    }

    /** Tells this listener how the run goes. */
    public MiningRun withListener(RunListener told) {
        return new MiningRun(train, validation, config, geometry, loss, policy, told, skipped);
    }

    /** Says how many problems of the data were left out on purpose before; the summary tells it. */
    public MiningRun withSkipped(int problems) {
        return new MiningRun(train, validation, config, geometry, loss, policy, listener, problems);
    }

    /**
     * Trains.
     *
     * @param folder for everything the run writes; new or empty
     * @return the best round's detector; the caller closes it
     * @throws InvalidInputException if data, settings or folder cannot be used; nothing is written then
     */
    public Detector train(Path folder) {
        if (validation == null) {
            return withValidation(DEFAULT_SPLIT).train(folder);
        }
        try (TrainingData data = prepare(validation)) {
            RunFolder run = RunFolder.create(folder);
            SafeFiles.replace(run.config(), config.toYaml());
            return loop(data, run, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Goes on with a run that was interrupted, from its last whole round; the result is that of a run never interrupted.
     *
     * @param folder of the run, which was begun with the same data and settings
     * @throws InvalidInputException if there is no run, or its data have changed
     */
    public Detector resume(Path folder) {
        if (validation == null) {
            return withValidation(DEFAULT_SPLIT).resume(folder);
        }
        RunFolder run = RunFolder.existing(folder);
        requireSameSettings(run);
        try (TrainingData data = prepare(validation)) {
            return loop(data, run, Checkpoint.last(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireSameSettings(RunFolder run) {
        if (!RunConfig.load(run.config(), List.of()).equals(config)) {
            throw new InvalidInputException(Problem.inFile(
                    run.config().toString(),
                    "settings-changed",
                    "a run can be resumed only with the settings it was begun with, found others"));
        }
    }

    /** Everything that can be wrong is found here, before anything is written. */
    private TrainingData prepare(Dataset validationImages) {
        EngineEnvironment.prepare(config.run().threads());
        requireUsable();
        TrainingData.requireObjects(train, validationImages);
        WindowGeometry windows =
                geometry == null ? config.windows().fit(train, config.run().seed()) : geometry;
        return TrainingData.prepare(train, validationImages, windows, config, EngineEnvironment.threads(), skipped);
    }

    /** Refuses a device or a network that cannot be, before images are decoded and anything is written. */
    private void requireUsable() {
        config.run().device().onThisMachine();
        architecture(
                geometry == null ? config.windows().patch() : geometry.patch(),
                geometry == null ? config.windows().stride() : geometry.stride());
        long side = geometry == null ? config.windows().patch() : geometry.patch();
        long candidates = config.mining().strategy() == MiningStrategy.OHEM
                ? config.mining().ohemCandidates()
                : 1;
        if (config.training().batchSize() * candidates * side * side * 3 > Integer.MAX_VALUE) {
            throw new InvalidInputException(new Problem(
                    null,
                    null,
                    "training.batch_size",
                    "must make batches of less than 2 GiB, found "
                            + config.training().batchSize() * candidates + " patches of " + side + " × " + side
                            + " pixels",
                    "bad-value"));
        }
    }

    private Architecture architecture(int patch, int stride) {
        return new Architecture(
                patch,
                stride,
                config.network().widths(),
                config.network().batchNorm(),
                config.network().boxRegression());
    }

    private Detector loop(TrainingData data, RunFolder run, Optional<Path> checkpoint) throws IOException {
        WindowGeometry windows = data.corpus().geometry();
        Device device = config.run().device().onThisMachine();
        Architecture architecture = architecture(windows.patch(), windows.stride());
        AdamW.Settings optimizer = new AdamW.Settings(
                config.optimizer().weightDecay(),
                config.optimizer().beta1(),
                config.optimizer().beta2(),
                config.optimizer().epsilon());
        try (Network network = Network.create(
                        architecture,
                        data.train().classes().size(),
                        config.run().seed(),
                        device);
                Trainer trainer = new Trainer(network, optimizer, objective(data.train()))) {
            rounds(data, run, checkpoint, trainer);
        }
        return Detector.load(run.root(), device);
    }

    private Objective objective(Dataset images) {
        LossSettings settings = config.loss();
        BoxLossSettings box = settings.box();
        BoxLoss boxes = new BoxLoss(box.regression(), box.comparesBoxes(), box.weight());
        if (loss != null) {
            return Objective.of(loss, boxes);
        }
        SeenCounts seen = SeenCounts.of(learnable(images), config.sampling());
        ClassificationLoss first = settings.classification(seen);
        double steps =
                (double) config.training().stepsPerRound() * config.mining().rounds();
        return settings.later(seen)
                .map(later -> new Objective(first, later.loss(), Math.round(later.from() * steps), boxes))
                .orElseGet(() -> Objective.of(first, boxes));
    }

    /** How many objects of each class there are to learn. */
    private static long[] learnable(Dataset images) {
        Map<String, Long> counts = TrainingData.objectsByClass(images);
        return images.classes().stream()
                .mapToLong(label -> counts.getOrDefault(label, 0L))
                .toArray();
    }

    private void rounds(TrainingData data, RunFolder run, Optional<Path> checkpoint, Trainer trainer)
            throws IOException {
        Optional<Checkpoint.State> state = Optional.empty();
        if (checkpoint.isPresent()) {
            state = Optional.of(Checkpoint.readState(checkpoint.get(), data.sha256()));
            Checkpoint.restore(checkpoint.get(), state.get(), trainer);
        }
        int done = state.map(s -> s.rounds().size()).orElse(0);
        run.writeSplit(data.train(), data.validation());
        run.truncateMetrics(done);
        try (Ledger ledger = ledger(run, data, done)) {
            RoundLoop loop = new RoundLoop(config, data, trainer, policy(), run, ledger, listener);
            if (state.isPresent()) {
                loop.restore(state.get());
            }
            loop.run();
        }
    }

    private static Ledger ledger(RunFolder run, TrainingData data, int done) throws IOException {
        if (done > 0) {
            return Ledger.resume(run.ledger(), done);
        }
        SafeFiles.delete(run.ledger());
        return Ledger.create(run.ledger(), data.train());
    }

    private MiningPolicy policy() {
        if (policy != null) {
            return policy;
        }
        var mining = config.mining();
        return new HardNegatives(mining.threshold(), mining.perImage(), mining.nmsIou(), mining.candidatesPerImage());
    }
}
