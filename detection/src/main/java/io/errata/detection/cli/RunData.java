package io.errata.detection.cli;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import io.errata.datasets.Split;
import io.errata.datasets.format.DatasetSpec;
import io.errata.detection.config.DataSettings;
import io.errata.detection.config.RunConfig;
import io.errata.detection.rounds.MiningRun;
import java.util.ArrayList;
import java.util.List;

/**
 * The images that a configuration names.
 *
 * @param train trained on
 * @param validation chooses the best round
 * @param skipped problems left out on purpose
 */
record RunData(Dataset train, Dataset validation, int skipped) {

    /** Which images are held out must not change with the seed of a run, or runs could not be compared. */
    private static final long SPLIT_SEED = 0;

    /**
     * Reads and splits the data.
     *
     * @throws InvalidInputException with every problem of the data, unless the configuration says to skip them
     */
    static RunData read(RunConfig config) {
        DataSettings data = config.data();
        Reading train = readAll(data.train());
        Reading validation = data.validation().isEmpty() ? null : readAll(data.validation());
        List<Problem> problems = new ArrayList<>(train.problems());
        if (validation != null) {
            problems.addAll(validation.problems());
        }
        if (!problems.isEmpty() && !config.run().skipBad()) {
            throw new InvalidInputException(problems);
        }
        Dataset chosen = withClasses(train.skippingBad(), data.classes());
        if (validation != null) {
            return new RunData(chosen, validation.skippingBad().withClasses(chosen.classes()), problems.size());
        }
        Split split = Split.fraction(data.split().fraction()).seed(SPLIT_SEED);
        String group = data.split().group();
        Split.Sides sides = (group == null ? split : split.grouped(group)).of(chosen);
        return new RunData(sides.training(), sides.heldOut(), problems.size());
    }

    /** The run on these data. */
    MiningRun run(RunConfig config) {
        return MiningRun.on(train).withValidation(validation).withConfig(config).withSkipped(skipped);
    }

    private static Reading readAll(List<String> specs) {
        return DatasetSpec.readAll(specs.stream().map(DatasetSpec::parse).toList());
    }

    private static Dataset withClasses(Dataset train, List<String> classes) {
        List<Problem> missing = classes.stream()
                .filter(label -> !train.classes().contains(label))
                .map(label -> new Problem(
                        null,
                        null,
                        "data.classes",
                        "class " + label + " must be one of the training data, which have " + train.classes(),
                        "unknown-class"))
                .toList();
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missing);
        }
        return classes.isEmpty() ? train : train.withClasses(classes);
    }
}
