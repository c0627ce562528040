package io.errata.datasets.validation;

import io.errata.core.problem.Problem;
import io.errata.datasets.Note;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found in a data set.
 *
 * @param images how many images could be read, which includes decoding them
 * @param boxes how many valid boxes are on these, those to be ignored included
 * @param classes the number of boxes of each class, in the order of the classes
 * @param problems everything that is wrong: of the files first, then of the pixels, then of images that are there twice. A problem
 *     between two parts has the key {@code train → val}
 * @param notes what should be known of how the data were read
 */
public record Validation(
        int images, int boxes, Map<String, Integer> classes, List<Problem> problems, List<Note> notes) {

    public Validation {
        classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
