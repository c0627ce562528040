package io.errata.core.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A wrong argument in Java. It carries every rule that the arguments break, so that a reader of configurations can tell each with its
 * file and line, as an {@link InvalidInputException}.
 */
public final class InvalidArgumentException extends IllegalArgumentException {

    private final transient List<Problem> problems;

    /**
     * @param problems the broken rules, at least one; the key of each is the argument's name
     */
    InvalidArgumentException(List<Problem> problems) {
        super(problems.stream().map(InvalidArgumentException::text).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** The broken rules. The key of each is the argument's name. */
    public List<Problem> problems() {
        return problems;
    }

    private static String text(Problem problem) {
        return problem.key() == null ? problem.problem() : problem.key() + " " + problem.problem();
    }
}
