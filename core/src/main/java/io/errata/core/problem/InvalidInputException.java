package io.errata.core.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A user's mistake: arguments, configuration or data that cannot be used as they are. Carries every problem found, not only the
 * first; the command line prints them without a stack trace and exits with 2.
 */
public final class InvalidInputException extends RuntimeException {

    private final List<Problem> problems;

    /**
     * @param problems what is wrong, at least one
     * @throws IllegalArgumentException if {@code problems} is empty
     */
    public InvalidInputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems must not be empty");
        }
        this.problems = List.copyOf(problems);
    }

    public InvalidInputException(Problem problem) {
        this(List.of(problem));
    }

    public List<Problem> problems() {
        return problems;
    }
}
