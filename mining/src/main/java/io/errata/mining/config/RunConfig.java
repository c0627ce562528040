package io.errata.mining.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides how a run trains. Every setting has a default except where the training data lies.
 *
 * @param data where the images come from, and which are held out for validation
 * @param windows the windows that are cut out of them
 * @param sampling which windows are trained on
 * @param network the network's layers
 * @param loss what training minimises
 * @param optimizer how it does so
 * @param training how long it does so
 * @param mining how hard negatives are found between the rounds
 * @param evaluation how detections are made and which round is the best
 * @param run seed, device, threads, memory
 */
public record RunConfig(
        DataSettings data,
        WindowSettings windows,
        SamplingSettings sampling,
        NetworkSettings network,
        LossSettings loss,
        OptimizerSettings optimizer,
        TrainingSettings training,
        MiningSettings mining,
        EvaluationSettings evaluation,
        RunSettings run) {

    public RunConfig {
        new Rules()
                .require(
                        training.batchSize() >= 1 + sampling.negativesPerPositive(),
                        "training.batchSize",
                        "must hold a positive and its sampling.negatives_per_positive ("
                                + sampling.negativesPerPositive() + ") negatives",
                        training.batchSize())
                .verify();
    }

    /** The defaults, for these training data. */
    public static RunConfig of(DataSettings data) {
        return new RunConfig(
                data,
                WindowSettings.defaults(),
                SamplingSettings.defaults(),
                NetworkSettings.defaults(),
                LossSettings.defaults(),
                OptimizerSettings.defaults(),
                TrainingSettings.defaults(),
                MiningSettings.defaults(),
                EvaluationSettings.defaults(),
                RunSettings.defaults());
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
        return parse(read(yaml), yaml.toString(), sets);
    }

    /**
     * Reads a text, as {@link #load} does; its problems name no file.
     *
     * @param yaml the YAML text
     * @param sets overrides, each {@code section.key=value}; later ones win
     * @throws InvalidInputException with every problem
     */
    public static RunConfig parse(String yaml, List<String> sets) {
        return parse(yaml, null, sets);
    }

    private static RunConfig parse(String text, @Nullable String file, List<String> sets) {
        YamlDocument document = YamlDocument.read(text, file);
        document.setAll(sets);
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

    private static String read(Path yaml) {
        String file = yaml.toString();
        if (!Files.exists(yaml)) {
            throw new InvalidInputException(
                    Problem.inFile(file, "missing-file", "there is no such file; name a configuration in YAML"));
        }
        if (Files.isDirectory(yaml)) {
            throw new InvalidInputException(
                    Problem.inFile(file, "not-a-file", "must be a configuration in YAML, found a folder"));
        }
        try {
            return Files.readString(yaml);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    Problem.inFile(file, "bad-yaml", "must be text in UTF-8, found other bytes"));
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.inFile(file, "unreadable-file", "cannot be read: " + e.getMessage()));
        }
    }
}
