package io.errata.core.ensemble;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureSet;
import java.util.SortedMap;

/** The two labels of binary classification, and what is asked of the rows of a training set. */
final class BinaryLabels {

    static final int POSITIVE = 1;
    static final int NEGATIVE = 0;

    private BinaryLabels() {}

    /**
     * @throws IllegalArgumentException with every problem, if labels are other than 0 and 1 or one of them is missing
     */
    static void requireBothClasses(FeatureSet training) {
        checks(training.counts()).verify();
    }

    /** @throws IllegalArgumentException also if there are more positives than negatives */
    static void requireRarePositives(FeatureSet training) {
        SortedMap<Integer, Integer> counts = training.counts();
        int positives = counts.getOrDefault(POSITIVE, 0);
        int negatives = counts.getOrDefault(NEGATIVE, 0);
        checks(counts)
                .require(positives <= negatives, "positives", "must be no more than negatives, " + negatives, positives)
                .verify();
    }

    private static ArgumentChecks checks(SortedMap<Integer, Integer> counts) {
        ArgumentChecks checks = new ArgumentChecks();
        counts.forEach((label, count) -> checks.require(
                label == POSITIVE || label == NEGATIVE,
                "labels",
                "must be 1 (positive) or 0 (negative)",
                label + " in " + count + " rows"));
        return checks.require(counts.containsKey(POSITIVE), "positives (label 1)", "must be at least one", "none")
                .require(counts.containsKey(NEGATIVE), "negatives (label 0)", "must be at least one", "none");
    }
}
