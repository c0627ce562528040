package io.errata.datasets;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of reading a data set: what is good, and what is wrong with the rest. Whoever reads decides: {@link #orThrow} insists on
 * a sound set, {@link #skippingBad} goes on with what is good.
 *
 * @param dataset the good images and objects. A bad box leaves an ignored region (a {@linkplain GroundTruth#crowd crowd}) behind
 *     where it touches its image, so that no negative is cut there; an image with an object whose place is unknown is left out
 * @param problems everything that was left out, and why; none for a sound set
 */
public record Reading(Dataset dataset, List<Problem> problems) {

    public Reading {
        requireNonNull(dataset, "dataset");
        problems = List.copyOf(problems);
    }

    /**
     * The data set, which must be sound.
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
     * The good part of the data set.
     *
     * @throws InvalidInputException if no image at all is left
     */
    public Dataset skippingBad() {
        if (dataset.images().isEmpty()) {
            List<Problem> all = new ArrayList<>(problems);
            all.add(Problem.of("empty-dataset", "a data set must have at least one good image, found none"));
            throw new InvalidInputException(all);
        }
        return dataset;
    }
}
