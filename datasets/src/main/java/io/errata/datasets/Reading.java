package io.errata.datasets;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of reading a data set: what is valid, and what is wrong with the rest. The caller decides: {@link #orThrow} refuses a set
 * with problems, {@link #validPart} goes on with what is valid.
 *
 * @param dataset the valid images and objects. A bad box leaves an ignored region (a {@linkplain GroundTruth#crowd crowd}) behind
 *     where it touches its image, so that no negative is cut there; an image with an object whose place is unknown is left out
 * @param problems everything that was left out, and why; none for a valid set
 * @param notes what is no mistake but should be known, each said once
 */
public record Reading(Dataset dataset, List<Problem> problems, List<Note> notes) {

    public Reading {
        requireNonNull(dataset, "dataset");
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** A reading of which nothing else is to be said. */
    public Reading(Dataset dataset, List<Problem> problems) {
        this(dataset, problems, List.of());
    }

    /**
     * The data set, which must have no problems.
     *
     * @throws InvalidInputException with every problem, if there is one
     */
    public Dataset orThrow() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return dataset;
    }

    /**
     * The valid part of the data set.
     *
     * @throws InvalidInputException if no image at all is left
     */
    public Dataset validPart() {
        if (dataset.images().isEmpty()) {
            List<Problem> all = new ArrayList<>(problems);
            all.add(Problem.of("empty-dataset", "a data set must have at least one good image, found none"));
            throw new InvalidInputException(all);
        }
        return dataset;
    }

    /**
     * Several data sets as one: their classes united in the order in which they come, their images one after the other. An image
     * whose name another set has already gets the number of its set before it ({@code 2/name}); a file that another set has already
     * is left out, and a problem.
     */
    public static Reading together(List<Reading> readings) {
        Set<String> classes = new LinkedHashSet<>();
        Map<String, AnnotatedImage> images = new LinkedHashMap<>();
        Set<Object> sources = new HashSet<>();
        List<Problem> problems = new ArrayList<>();
        Set<Note> notes = new LinkedHashSet<>();
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            classes.addAll(reading.dataset.classes());
            problems.addAll(reading.problems);
            notes.addAll(reading.notes);
            for (AnnotatedImage image : reading.dataset.images()) {
                if (sources.add(image.source().identity())) {
                    AnnotatedImage named = withName(image, freeName(image.name(), i + 1, images.keySet()));
                    images.put(named.name(), named);
                } else {
                    problems.add(Problem.of(
                            "duplicate-image",
                            "an image must be in one data set only, found " + image.name() + " again in number "
                                    + (i + 1)));
                }
            }
        }
        return new Reading(
                new Dataset(List.copyOf(classes), List.copyOf(images.values())), problems, List.copyOf(notes));
    }

    private static AnnotatedImage withName(AnnotatedImage image, String name) {
        return new AnnotatedImage(name, image.source(), image.width(), image.height(), image.objects());
    }

    private static String freeName(String name, int set, Set<String> taken) {
        String free = name;
        while (taken.contains(free)) {
            free = set + "/" + free;
        }
        return free;
    }
}
