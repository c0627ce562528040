package io.errata.cli;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import io.errata.datasets.Split;
import io.errata.datasets.format.DatasetSpec;
import io.errata.mining.config.DataSettings;
import io.errata.mining.config.RunConfig;
import io.errata.mining.run.MiningRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The images that a configuration names.
 *
 * @param train trained on
 * @param validation chooses the best round
 * @param skipped problems left out on purpose
 */
record RunData(Dataset train, Dataset validation, List<Problem> skipped) {

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
            return new RunData(chosen, ofClasses(validation.skippingBad(), chosen.classes()), problems);
        }
        Split.Sides sides = data.split().split(SPLIT_SEED).of(chosen);
        return new RunData(sides.training(), sides.heldOut(), problems);
    }

    /** The run on these data. */
    MiningRun run(RunConfig config) {
        return MiningRun.on(train).withValidation(validation).withConfig(config).withSkipped(skipped.size());
    }

    /** Several SPECs as one; one that cannot be understood is a problem like those of the files. */
    private static Reading readAll(List<String> specs) {
        return Reading.together(specs.stream().map(RunData::read).toList());
    }

    private static Reading read(String spec) {
        try {
            return DatasetSpec.parse(spec).read();
        } catch (InvalidInputException e) {
            return new Reading(Dataset.of(List.of()), e.problems());
        }
    }

    private static Dataset ofClasses(Dataset validation, List<String> classes) {
        if (Collections.disjoint(validation.classes(), classes)) {
            throw new InvalidInputException(new Problem(
                    null,
                    null,
                    "data.validation",
                    "must have at least one of the classes " + classes + " that are trained, found "
                            + validation.classes() + "; name other data, or the classes in data.classes",
                    "unknown-class"));
        }
        return validation.withClasses(classes);
    }

    private static Dataset withClasses(Dataset train, List<String> classes) {
        List<Problem> missing = classes.stream()
                .filter(label -> !train.classes().contains(label))
                .map(label -> new Problem(
                        null,
                        null,
                        "data.classes",
                        "must name classes of the training data, " + train.classes() + ", found " + label,
                        "unknown-class"))
                .toList();
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missing);
        }
        return classes.isEmpty() ? train : train.withClasses(classes);
    }
}
