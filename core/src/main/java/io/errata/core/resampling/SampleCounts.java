package io.errata.core.resampling;

import io.errata.core.problem.ArgumentChecks;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How many rows each class gains or keeps, given a {@link SamplingTarget}. A sampler can add checks of its own to the
 * same list.
 */
final class SampleCounts {

    private SampleCounts() {}

    /** How many rows each class gains; classes that gain none are left out. */
    static SortedMap<Integer, Integer> toAdd(FeatureSet rows, SamplingTarget target, ArgumentChecks checks) {
        SortedMap<Integer, Integer> counts = rows.counts();
        SortedMap<Integer, Integer> additions = new TreeMap<>();
        apply(counts, target::whenOverSampling, checks).forEach((label, targetCount) -> {
            int count = counts.getOrDefault(label, 0);
            if (targetCount < count) {
                String rule = "must be >= its " + count + " rows when over-sampling";
                checks.require(false, "target of class " + label, rule, targetCount);
            } else if (targetCount > count) {
                additions.put(label, targetCount - count);
            }
        });
        checkSize(rows, additions, checks);
        return additions;
    }

    /** How many rows each class keeps; classes that keep all are left out. */
    static SortedMap<Integer, Integer> toKeep(FeatureSet rows, SamplingTarget target, ArgumentChecks checks) {
        SortedMap<Integer, Integer> counts = rows.counts();
        SortedMap<Integer, Integer> kept = new TreeMap<>();
        apply(counts, target::whenUnderSampling, checks).forEach((label, targetCount) -> {
            int count = counts.getOrDefault(label, 0);
            if (targetCount > count) {
                String rule = "must be <= its " + count + " rows when under-sampling";
                checks.require(false, "target of class " + label, rule, targetCount);
            } else if (targetCount < count) {
                kept.put(label, targetCount);
            }
        });
        return kept;
    }

    /** The target's counts for the classes that occur. */
    private static SortedMap<Integer, Integer> apply(
            SortedMap<Integer, Integer> counts,
            UnaryOperator<SortedMap<Integer, Integer>> target,
            ArgumentChecks checks) {
        if (counts.size() < 2) {
            checks.require(false, "rows", "must be of at least two classes", counts.keySet());
            return new TreeMap<>();
        }
        SortedMap<Integer, Integer> targetCounts = new TreeMap<>(target.apply(counts));
        for (int label : targetCounts.keySet()) {
            String rule = "must name classes that have rows, " + counts.keySet();
            checks.require(counts.containsKey(label), "the target", rule, "class " + label);
        }
        targetCounts.keySet().retainAll(counts.keySet());
        return targetCounts;
    }

    private static void checkSize(FeatureSet rows, SortedMap<Integer, Integer> additions, ArgumentChecks checks) {
        int dimension = rows.features().dimension();
        long after = rows.size()
                + additions.values().stream().mapToLong(Integer::longValue).sum();
        checks.require(
                after * dimension <= Integer.MAX_VALUE,
                "rows · features after over-sampling",
                "must be <= " + Integer.MAX_VALUE,
                after + " · " + dimension);
    }
}
