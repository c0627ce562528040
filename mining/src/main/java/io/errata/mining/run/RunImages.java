package io.errata.mining.run;

import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.ClassMapping;
import io.errata.datasets.Dataset;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import io.errata.datasets.Split;
import io.errata.mining.config.DataSettings;
import io.errata.mining.config.JavaObjects;
import io.errata.mining.config.RunConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images of a run.
 *
 * @param train trained on
 * @param validation choose the best round
 * @param skipped problems that were left out on purpose when they were read
 * @param notes what should be known of how they were read and split
 */
public record RunImages(Dataset train, Dataset validation, List<Problem> skipped, List<Note> notes) {

    /** Which images are held out must not change with the seed of a run, or runs could not be compared. */
    private static final long SPLIT_SEED = 0;

    private static final int MAX_NAMES = 300;

    public RunImages {
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /** Images of which nothing else is to be said. */
    public RunImages(Dataset train, Dataset validation, List<Problem> skipped) {
        this(train, validation, skipped, List.of());
    }

    /** The same images, of which more should be known. */
    RunImages withNotes(List<Note> more) {
        List<Note> all = new ArrayList<>(notes);
        all.addAll(more);
        return new RunImages(train, validation, skipped, all);
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
        RunSpecs specs = RunSpecs.of(data);
        Reading train = Reading.together(specs.train());
        Reading validation = specs.validation().isEmpty() ? null : Reading.together(specs.validation());
        List<Problem> problems = new ArrayList<>(train.problems());
        Set<Note> notes = new LinkedHashSet<>(specs.notes());
        notes.addAll(train.notes());
        if (validation != null) {
            problems.addAll(validation.problems());
            validation.notes().stream()
                    .map(note -> new Note(note.kind(), "validation: " + note.text()))
                    .forEach(notes::add);
        }
        if (!problems.isEmpty() && !config.run().skipBad()) {
            throw new InvalidInputException(problems);
        }
        requireKnown(data.mapping(), train, validation);
        if (!data.mapping().isNone()) {
            notes.add(new Note("class-mapping", "classes: " + data.mapping()));
        }
        Dataset trained = data.mapping().apply(train.validPart());
        Dataset validated = validation == null ? null : data.mapping().apply(validation.validPart());
        Dataset chosen = data.classes().isEmpty()
                ? withObjects(trained, validated, notes)
                : withClasses(trained, data.classes());
        if (validated != null) {
            return new RunImages(chosen, ofClasses(validated, chosen.classes()), problems, List.copyOf(notes));
        }
        Split.Sides sides = data.split().split(SPLIT_SEED).of(chosen);
        notes.addAll(sides.notes());
        return new RunImages(sides.training(), sides.heldOut(), problems, List.copyOf(notes));
    }

    /** The data without classes that have no object anywhere, unless none has one. */
    private static Dataset withObjects(Dataset train, @Nullable Dataset validation, Set<Note> notes) {
        Set<String> used = new HashSet<>(TrainingData.objectsByClass(train).keySet());
        if (validation != null) {
            used.addAll(TrainingData.objectsByClass(validation).keySet());
        }
        List<String> kept = train.classes().stream().filter(used::contains).toList();
        List<String> empty =
                train.classes().stream().filter(label -> !used.contains(label)).toList();
        if (kept.isEmpty() || empty.isEmpty()) {
            return train;
        }
        notes.add(new Note(
                "empty-class",
                empty.size() + " of " + train.classes().size() + " classes "
                        + (empty.size() == 1 ? "has" : "have") + " no object in the data and "
                        + (empty.size() == 1 ? "is" : "are") + " not learned: "
                        + Excerpt.of(String.join(", ", empty), MAX_NAMES)));
        return train.withClasses(kept);
    }

    private static void requireKnown(ClassMapping mapping, Reading train, @Nullable Reading validation) {
        Set<String> known = new LinkedHashSet<>(train.dataset().classes());
        if (validation != null) {
            known.addAll(validation.dataset().classes());
        }
        List<Problem> unknown = mapping.unknown(known);
        if (!unknown.isEmpty()) {
            throw new InvalidInputException(unknown);
        }
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
