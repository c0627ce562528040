package io.errata.mining.run;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import io.errata.datasets.Split;
import io.errata.datasets.format.DatasetSpec;
import io.errata.mining.config.DataSettings;
import io.errata.mining.config.JavaObjects;
import io.errata.mining.config.RunConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The images of a run.
 *
 * @param train trained on
 * @param validation choose the best round
 * @param skipped problems that were left out on purpose when they were read
 */
public record RunImages(Dataset train, Dataset validation, List<Problem> skipped) {

    /** Which images are held out must not change with the seed of a run, or runs could not be compared. */
    private static final long SPLIT_SEED = 0;

    public RunImages {
        skipped = List.copyOf(skipped);
    }

    /** Reads the images that a configuration names. */
    @FunctionalInterface
    public interface Source {

        /**
         * Must not depend on {@code run.seed}, or the images would not be those of all seeds.
         *
         * @throws InvalidInputException with every problem of the data
         */
        RunImages read(RunConfig config);
    }

    /**
     * Reads and splits the images that a configuration names.
     *
     * @throws InvalidInputException with every problem of the data, unless the configuration says to skip them
     */
    public static RunImages read(RunConfig config) {
        requireNamed(config);
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
        Dataset chosen = withClasses(train.validPart(), data.classes());
        if (validation != null) {
            return new RunImages(chosen, ofClasses(validation.validPart(), chosen.classes()), problems);
        }
        Split.Sides sides = data.split().split(SPLIT_SEED).of(chosen);
        return new RunImages(sides.training(), sides.heldOut(), problems);
    }

    /** A run that was begun in Java with objects can go on only where they are. */
    private static void requireNamed(RunConfig config) {
        if (!config.java().equals(JavaObjects.none()) || config.isOfUnknownObjects()) {
            throw new InvalidInputException(new Problem(
                    null,
                    null,
                    "java",
                    "a run that was given objects in Java goes on in Java: MiningRun.resume with the same objects, found "
                            + config.java(),
                    "java-run"));
        }
    }

    /** Several SPECs as one; one that cannot be understood is a problem like those of the files. */
    private static Reading readAll(List<String> specs) {
        return Reading.together(specs.stream().map(RunImages::read).toList());
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
