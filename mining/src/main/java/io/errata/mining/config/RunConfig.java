package io.errata.mining.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.errata.core.loss.BoxLossSettings;
import io.errata.core.loss.LossSettings;
import io.errata.core.problem.ArgumentChecks;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.settings.TypedSettings;
import io.errata.datasets.window.WindowSettings;
import io.errata.detection.network.NetworkSettings;
import io.errata.detection.network.NoSecondStage;
import io.errata.detection.training.OptimizerSettings;
import io.errata.detection.training.SamplingSettings;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that decides how a run trains. Every setting has a default except where the training data lies.
 *
 * @param data where the images come from, and which are held out for validation
 * @param windows the windows that are cut out of them
 * @param sampling which windows are trained on
 * @param network the network's layers
 * @param loss the loss of the classes
 * @param boxLoss the loss of the boxes, added to it
 * @param optimizer how the losses are minimised
 * @param training how long
 * @param mining how hard negatives are found between the rounds
 * @param evaluation how detections are made and which round is the best
 * @param run seed, device, threads, memory
 * @param java what was given as objects in Java; {@link JavaObjects#none} for a run on the command line
 */
public record RunConfig(
        DataSettings data,
        WindowSettings windows,
        SamplingSettings sampling,
        NetworkSettings network,
        LossSettings loss,
        BoxLossSettings boxLoss,
        OptimizerSettings optimizer,
        TrainingSettings training,
        MiningSettings mining,
        EvaluationSettings evaluation,
        RunSettings run,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = JavaObjects.Omission.class)
        JavaObjects java) {

    public RunConfig {
        ArgumentChecks checks = new ArgumentChecks()
                .require(
                        training.batchSize() >= 1 + sampling.negativesPerPositive(),
                        "training.batchSize",
                        "must hold a positive and its sampling.negatives_per_positive ("
                                + sampling.negativesPerPositive() + ") negatives",
                        training.batchSize())
                .require(
                        !evaluation.detection().secondLook() || network.secondStage() instanceof NoSecondStage,
                        "evaluation.secondLook",
                        "is for detectors without a second stage: it needs network.second_stage none",
                        network.secondStage().type());
        requireListed(checks, "loss", loss);
        requireListed(checks, "boxLoss", boxLoss);
        mining.policy().forEach(policy -> requireListed(checks, "mining.policy", policy));
        checks.verify();
    }

    /** What cannot be chosen by its name could not be read back from the YAML that it is written to. */
    private static void requireListed(ArgumentChecks checks, String section, TypedSettings settings) {
        checks.require(
                settings.alternatives().stream().anyMatch(one -> one.getClass() == settings.getClass()),
                section,
                "must be a type that is listed: name a public record in META-INF/services",
                settings.getClass().getName());
    }

    /** The defaults, for these training data. */
    public static RunConfig of(DataSettings data) {
        return new RunConfig(
                data,
                WindowSettings.withDefaults(),
                SamplingSettings.withDefaults(),
                NetworkSettings.withDefaults(),
                LossSettings.withDefaults(),
                BoxLossSettings.withDefaults(),
                OptimizerSettings.withDefaults(),
                TrainingSettings.withDefaults(),
                MiningSettings.withDefaults(),
                EvaluationSettings.withDefaults(),
                RunSettings.withDefaults(),
                JavaObjects.none());
    }

    public RunConfig withData(DataSettings newData) {
        return changed(copy -> copy.data = newData);
    }

    public RunConfig withWindows(WindowSettings newWindows) {
        return changed(copy -> copy.windows = newWindows);
    }

    public RunConfig withSampling(SamplingSettings newSampling) {
        return changed(copy -> copy.sampling = newSampling);
    }

    public RunConfig withNetwork(NetworkSettings newNetwork) {
        return changed(copy -> copy.network = newNetwork);
    }

    public RunConfig withLoss(LossSettings newLoss) {
        return changed(copy -> copy.loss = newLoss);
    }

    public RunConfig withBoxLoss(BoxLossSettings newBoxLoss) {
        return changed(copy -> copy.boxLoss = newBoxLoss);
    }

    public RunConfig withOptimizer(OptimizerSettings newOptimizer) {
        return changed(copy -> copy.optimizer = newOptimizer);
    }

    public RunConfig withTraining(TrainingSettings newTraining) {
        return changed(copy -> copy.training = newTraining);
    }

    public RunConfig withMining(MiningSettings newMining) {
        return changed(copy -> copy.mining = newMining);
    }

    public RunConfig withEvaluation(EvaluationSettings newEvaluation) {
        return changed(copy -> copy.evaluation = newEvaluation);
    }

    public RunConfig withRun(RunSettings newRun) {
        return changed(copy -> copy.run = newRun);
    }

    public RunConfig withJava(JavaObjects newJava) {
        return changed(copy -> copy.java = newJava);
    }

    private RunConfig changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.config();
    }

    /**
     * Reads a file.
     *
     * @param yaml the file, in UTF-8
     * @param sets overrides, each {@code section.key=value}; later ones win
     * @throws InvalidInputException with every problem: a file that cannot be read, YAML that cannot be parsed, unknown, repeated and
     *     missing keys, values of the wrong type or out of range
     */
    public static RunConfig load(Path yaml, List<String> sets) {
        return parse(YamlDocument.read(YamlDocument.text(yaml, "a configuration"), yaml.toString()), sets);
    }

    /**
     * Reads the configuration that a run wrote, perhaps one of an earlier version: keys that have moved since are understood.
     *
     * @param yaml the run's {@code config.yaml}
     * @throws InvalidInputException with every problem
     */
    public static RunConfig loadWritten(Path yaml) {
        YamlDocument document = YamlDocument.read(YamlDocument.text(yaml, "a configuration"), yaml.toString());
        MovedKeys.move(document);
        return parse(document, List.of());
    }

    /**
     * Reads a text, as {@link #load} does; its problems name no file.
     *
     * @param yaml the YAML text
     * @param sets overrides, each {@code section.key=value}; later ones win
     * @throws InvalidInputException with every problem
     */
    public static RunConfig parse(String yaml, List<String> sets) {
        return parse(YamlDocument.read(yaml, null), sets);
    }

    private static RunConfig parse(YamlDocument document, List<String> sets) {
        document.setAll(sets);
        MovedKeys.refuse(document);
        return SettingsBinder.bind(document, of(DataSettings.of("synthetic:smear")));
    }

    /**
     * A copy with some settings changed.
     *
     * @param sets overrides, each {@code section.key=value}
     * @throws InvalidInputException with every problem
     */
    public RunConfig with(String... sets) {
        return parse(toYaml(), List.of(sets));
    }

    /** The configuration as YAML, all defaults written out. {@link #parse} makes an equal configuration of it. */
    public String toYaml() {
        try {
            return SettingsBinder.YAML.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration of records and numbers must be writable", e);
        }
    }

    /** Whether objects were given in Java, and the configuration does not say which: one of the version before it said so. */
    public boolean isOfUnknownObjects() {
        return data.train().equals(List.of(JavaObjects.DATA)) && java.equals(JavaObjects.none());
    }

    /** The first line of the YAML that differs from another configuration's, and what the other has. */
    public String firstDifference(RunConfig other) {
        Iterator<String> lines = other.toYaml().lines().iterator();
        for (String line : toYaml().lines().toList()) {
            String found = lines.hasNext() ? lines.next() : "nothing";
            if (!line.equals(found)) {
                return line.strip() + ", found " + found.strip();
            }
        }
        return lines.hasNext() ? "found also " + lines.next().strip() : "found the same";
    }

    /** A copy whose sections can be replaced. */
    private static final class Copy {
        private DataSettings data;
        private WindowSettings windows;
        private SamplingSettings sampling;
        private NetworkSettings network;
        private LossSettings loss;
        private BoxLossSettings boxLoss;
        private OptimizerSettings optimizer;
        private TrainingSettings training;
        private MiningSettings mining;
        private EvaluationSettings evaluation;
        private RunSettings run;
        private JavaObjects java;

        Copy(RunConfig config) {
            data = config.data;
            windows = config.windows;
            sampling = config.sampling;
            network = config.network;
            loss = config.loss;
            boxLoss = config.boxLoss;
            optimizer = config.optimizer;
            training = config.training;
            mining = config.mining;
            evaluation = config.evaluation;
            run = config.run;
            java = config.java;
        }

        RunConfig config() {
            return new RunConfig(
                    data,
                    windows,
                    sampling,
                    network,
                    loss,
                    boxLoss,
                    optimizer,
                    training,
                    mining,
                    evaluation,
                    run,
                    java);
        }
    }
}
