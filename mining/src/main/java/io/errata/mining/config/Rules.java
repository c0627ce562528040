package io.errata.mining.config;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a record's values must keep. Every broken rule is noted, and {@link #verify} throws them all at once. A condition on
 * a NaN is written so that it is false, so NaN breaks every rule.
 */
final class Rules {

    private final List<Problem> broken = new ArrayList<>();

    /** Notes a broken rule unless {@code holds}: the component's name, what it must be, and the value found. */
    Rules require(boolean holds, String name, String rule, @Nullable Object found) {
        if (!holds) {
            broken.add(new Problem(null, null, name, rule + ", found " + found, "bad-value"));
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
