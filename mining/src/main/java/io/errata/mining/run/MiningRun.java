package io.errata.mining.run;

import ai.djl.Device;
import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.DeferredReweighting;
import io.errata.core.loss.LossSettings;
import io.errata.core.problem.ArgumentChecks;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.Split;
import io.errata.datasets.window.WindowChoice;
import io.errata.datasets.window.WindowGeometry;
import io.errata.detection.detector.Detector;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.files.FolderLock;
import io.errata.detection.files.SafeFiles;
import io.errata.detection.network.Architecture;
import io.errata.detection.training.Objective;
import io.errata.detection.training.SamplingSettings;
import io.errata.mining.config.DataSettings;
import io.errata.mining.config.JavaObjects;
import io.errata.mining.config.MiningStrategy;
import io.errata.mining.config.RunConfig;
import io.errata.mining.policy.MiningPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Trains a detector by rounds of hard-negative mining. Immutable: each {@code with} method returns a changed copy. Unset options use the
 * defaults.
 */
public final class MiningRun {

    private final RunInputs inputs;
    private final RunConfig config;
    private final RunListener listener;

    private MiningRun(RunInputs inputs, RunConfig config, RunListener listener) {
        this.inputs = inputs;
        this.config = config;
        this.listener = listener;
    }

    /** A run on these images, of which a fifth is held out to choose the best round. */
    public static MiningRun on(Dataset train) {
        return new MiningRun(RunInputs.of(train), RunConfig.of(DataSettings.of(JavaObjects.DATA)), RunListener.none());
    }

    /**
     * The run that a configuration describes, such as {@code RunConfig.load(Path.of("my.yaml"), List.of())}; reads the images that it names.
     *
     * @throws InvalidInputException with every problem of the data, unless the configuration says to skip them
     */
    public static MiningRun of(RunConfig config) {
        return of(config, RunImages.read(config));
    }

    /** The run that a configuration describes, on the images that it names, which have been read before. */
    public static MiningRun of(RunConfig config, RunImages images) {
        return new MiningRun(RunInputs.named(images), config, RunListener.none());
    }

    /** Holds images out of those given to choose the best round. The last validation set counts. */
    public MiningRun withValidation(Split split) {
        return with(inputs.withValidation(split));
    }

    /** Chooses the best round on these images; all of the others are trained on. The last validation set counts. */
    public MiningRun withValidation(Dataset images) {
        return with(inputs.withValidation(images));
    }

    /** Looks at these windows instead of those that the boxes suggest. */
    public MiningRun withWindows(WindowGeometry windows) {
        return with(inputs.withWindows(windows));
    }

    /** Draws and varies training windows so. */
    public MiningRun withSampling(SamplingSettings sampling) {
        return withConfig(config.withSampling(sampling));
    }

    /** Minimises this loss of the classes, with all that belongs to it, such as class weights late in the training. */
    public MiningRun withLoss(LossSettings loss) {
        return with(inputs.withLoss(null)).withConfig(config.withLoss(loss));
    }

    /**
     * Minimises this loss of the class logits. It replaces the configured loss altogether; positives are labelled as
     * {@link ClassificationLoss#usesQualityLabels} says. It is tried on a few numbers, to recognise it when the run is resumed.
     */
    public MiningRun withLoss(ClassificationLoss loss) {
        return withLoss(new DeferredReweighting(loss, loss, Long.MAX_VALUE));
    }

    /** Minimises one loss of the class logits, and from a step on, counted over all rounds, another. */
    public MiningRun withLoss(DeferredReweighting losses) {
        return with(inputs.withLoss(losses));
    }

    /**
     * Chooses hard negatives by this policy instead of {@code mining.policy}; {@code mining.threshold} and
     * {@code mining.candidates_per_image} are the policy's own then. Only for the strategy {@code rounds}.
     */
    public MiningRun withMining(MiningPolicy policy) {
        return with(inputs.withPolicy(policy));
    }

    /**
     * Trains at most so many rounds.
     *
     * @throws IllegalArgumentException if {@code rounds} is not at least 1
     */
    public MiningRun withRounds(int rounds) {
        return withConfig(config.withMining(config.mining().withRounds(rounds)));
    }

    /** Makes every random choice but the validation split follow from this seed. */
    public MiningRun withSeed(long seed) {
        return withConfig(config.withRun(config.run().withSeed(seed)));
    }

    /**
     * Changes settings as the command line does, each {@code section.key=value}.
     *
     * @throws InvalidInputException with every problem of these texts
     */
    public MiningRun with(String... settings) {
        return withConfig(config.with(settings));
    }

    /** Takes all settings at once; what was set by an object of its own, such as a policy, stays. */
    public MiningRun withConfig(RunConfig settings) {
        return new MiningRun(inputs, settings, listener);
    }

    /** Tells this listener how the run goes. */
    public MiningRun withListener(RunListener newListener) {
        return new MiningRun(inputs, config, newListener);
    }

    private MiningRun with(RunInputs newInputs) {
        return new MiningRun(newInputs, config, listener);
    }

    /** The images that choose the best round. */
    public Dataset validation() {
        return inputs.images().validation();
    }

    /**
     * Trains.
     *
     * @param folder for everything the run writes; new or empty
     * @return the best round's detector; the caller closes it
     * @throws InvalidInputException if data, settings or folder cannot be used, or another process works there; nothing is written then
     * @throws IllegalArgumentException if a mining policy was given that the strategy would not ask
     */
    public Detector train(Path folder) {
        RunFolder run = RunFolder.fresh(folder);
        try (TrainingData data = prepare();
                FolderLock lock = run.lock()) {
            run.requireFresh(); // another process may have begun a run there meanwhile
            SafeFiles.replace(run.config(), written(data).toYaml());
            return run(data, run, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Goes on with a run that was interrupted, from its last whole round; the result is that of a run never interrupted.
     *
     * @param folder of the run, which was begun with the same data, settings and objects
     * @throws InvalidInputException if there is no run, another process works on it, its data, settings or objects were others, or
     *     somebody else has changed its checkpoint or ledger
     */
    public Detector resume(Path folder) {
        RunFolder run = RunFolder.existing(folder);
        try (FolderLock lock = run.lock()) {
            RunConfig before = RunConfig.loadWritten(run.config());
            requireSame(before.withJava(JavaObjects.none()), withoutObjects(), run);
            Checkpoint.requireOwnConfiguration(run);
            return resume(run, before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Detector resume(RunFolder run, RunConfig before) throws IOException {
        try (TrainingData data = prepare()) {
            if (!before.isOfUnknownObjects()) {
                requireSame(before, written(data), run);
            }
            return run(data, run, Checkpoint.last(run));
        }
    }

    private static void requireSame(RunConfig before, RunConfig now, RunFolder run) {
        if (!before.equals(now)) {
            throw new InvalidInputException(Problem.inFile(
                    run.config().toString(),
                    "settings-changed",
                    "a run can be resumed only with the settings it was begun with, " + before.firstDifference(now)));
        }
    }

    /** The configuration with what was given as objects in Java. */
    private RunConfig written(TrainingData data) {
        return withoutObjects().withJava(inputs.describe(data.train().classes().size()));
    }

    private RunConfig withoutObjects() {
        RunConfig named = inputs.isNamed() ? config : config.withData(DataSettings.of(JavaObjects.DATA));
        return named.withJava(JavaObjects.none());
    }

    /** Everything that can be wrong is found here, before anything is written. */
    private TrainingData prepare() {
        EngineEnvironment.prepare(config.run().threads());
        requireUsable();
        RunImages images = inputs.images();
        TrainingData.requireObjects(images.train(), images.validation());
        WindowGeometry windows = inputs.windows();
        if (windows == null) {
            WindowChoice choice = WindowChoice.of(
                    images.train(), config.windows(), config.run().seed());
            windows = choice.geometry();
            images = images.withNotes(choice.notes());
        }
        boolean qualityLabels = objective(images.train()).classes().before().usesQualityLabels();
        return TrainingData.prepare(images, windows, config, qualityLabels);
    }

    /** Refuses a device, a network or a policy that cannot be, before images are decoded and anything is written. */
    private void requireUsable() {
        MiningStrategy strategy = config.mining().strategy();
        ArgumentChecks.check(
                inputs.policy() == null || strategy == MiningStrategy.ROUNDS,
                "policy",
                "must be left out unless mining.strategy is rounds",
                "a policy under " + strategy.toString().toLowerCase(Locale.ROOT));
        config.run().device().onThisMachine();
        WindowGeometry given = inputs.windows();
        int patch = given == null ? config.windows().patch() : given.patch();
        Architecture.of(patch, given == null ? config.windows().stride() : given.stride(), config.network());
        long perNegative = strategy == MiningStrategy.OHEM ? config.mining().ohemCandidates() : 1;
        long patches = config.training().batchSize() * perNegative;
        if (patches * patch * patch * 3 > Integer.MAX_VALUE) {
            throw new InvalidInputException(new Problem(
                    null,
                    null,
                    "training.batch_size",
                    "must make batches of less than 2 GiB, found " + patches + " patches of " + patch + " × " + patch
                            + " pixels",
                    "bad-value"));
        }
    }

    private Objective objective(Dataset train) {
        return TrainingObjective.of(config, inputs.loss(), train);
    }

    private Detector run(TrainingData data, RunFolder run, Optional<Path> checkpoint) throws IOException {
        Device device = config.run().device().onThisMachine();
        new RunAssembly(config, data, run, listener, inputs.policy()).run(objective(data.train()), checkpoint, device);
        return Detector.load(run.root(), device);
    }
}
