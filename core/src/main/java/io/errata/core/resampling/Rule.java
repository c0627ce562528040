package io.errata.core.resampling;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.List;

/** How this package tells of a broken rule. */
final class Rule {

    private Rule() {}

    static Problem broken(String problem) {
        return Problem.of("resampling", problem);
    }

    static void require(boolean kept, String problem) {
        if (!kept) {
            throw new InvalidInputException(broken(problem));
        }
    }

    static void requireNone(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
