package io.errata.datasets.synthetic;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import java.util.List;
import java.util.Map;

/** A placeholder, to be replaced. */
public final class SyntheticDatasets {

    private SyntheticDatasets() {}

    /** Knows no name yet. */
    public static Dataset create(String name, Map<String, String> options) {
        if (name.isEmpty()) {
            return Dataset.of(List.of());
        }
        throw new InvalidInputException(
                Problem.of("unknown-synthetic-dataset", "no synthetic dataset " + name + options));
    }
}
