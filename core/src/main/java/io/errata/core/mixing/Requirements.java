package io.errata.core.mixing;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** Notes every rule that a kind of mixing breaks. A condition on NaN is written so that it is false, so NaN breaks every rule. */
final class Requirements {

    private final List<Problem> broken = new ArrayList<>();

    /** What every kind of mixing asks of its numbers. */
    static Requirements of(double alpha, double share) {
        return new Requirements()
                .require(alpha > 0 && alpha < Double.POSITIVE_INFINITY, "alpha must be > 0 and finite, found " + alpha)
                .require(share >= 0 && share <= 1, "share must be in [0, 1], found " + share);
    }

    Requirements require(boolean holds, String problem) {
        if (!holds) {
            broken.add(Problem.of("mixing", problem));
        }
        return this;
    }

    /** @throws InvalidInputException with every broken rule, if there is any */
    void verify() {
        if (!broken.isEmpty()) {
            throw new InvalidInputException(broken);
        }
    }
}
