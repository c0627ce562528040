package io.errata.core.clustering;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** The rules that arguments must keep; broken ones are noted, and {@link #verify} throws them all at once. NaN breaks every rule. */
final class Rules {

    private final List<Problem> broken = new ArrayList<>();

    Rules require(boolean holds, String rule, Object found) {
        if (!holds) {
            broken.add(Problem.of("clustering", rule + ", found " + found));
        }
        return this;
    }

    /** Notes the first value that is NaN or infinite. */
    Rules requireFinite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return require(false, name + " must be finite", values[i] + " at index " + i);
            }
        }
        return this;
    }

    /** Notes the first row that is neither in a cluster nor noise. */
    Rules requireClusters(int[] clusters) {
        for (int row = 0; row < clusters.length; row++) {
            if (clusters[row] < Clusters.NOISE) {
                return require(false, "clusters must be >= 0, or -1 for noise", clusters[row] + " in row " + row);
            }
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
