package io.errata.core.resampling;

import io.errata.core.problem.Problem;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What a target comes to for the rows at hand. Problems are added to a list, so that a sampler can add its own. */
final class Plan {

    private Plan() {}

    /** How many rows each class gains; classes that gain none are left out. */
    static SortedMap<Integer, Integer> additions(FeatureSet rows, SamplingTarget target, List<Problem> problems) {
        SortedMap<Integer, Integer> counts = rows.counts();
        SortedMap<Integer, Integer> additions = new TreeMap<>();
        wanted(counts, target::whenOverSampling, problems).forEach((label, wanted) -> {
            int count = counts.getOrDefault(label, 0);
            if (wanted < count) {
                problems.add(Rule.broken("over-sampling must not take rows away: class " + label + " has " + count
                        + ", the target asks for " + wanted));
            } else if (wanted > count) {
                additions.put(label, wanted - count);
            }
        });
        checkSize(rows, additions, problems);
        return additions;
    }

    /** How many rows each class keeps; classes that keep all are left out. */
    static SortedMap<Integer, Integer> kept(FeatureSet rows, SamplingTarget target, List<Problem> problems) {
        SortedMap<Integer, Integer> counts = rows.counts();
        SortedMap<Integer, Integer> kept = new TreeMap<>();
        wanted(counts, target::whenUnderSampling, problems).forEach((label, wanted) -> {
            int count = counts.getOrDefault(label, 0);
            if (wanted > count) {
                problems.add(Rule.broken("under-sampling must not add rows: class " + label + " has " + count
                        + ", the target asks for " + wanted));
            } else if (wanted < count) {
                kept.put(label, wanted);
            }
        });
        return kept;
    }

    /** What the target wants of the classes that occur. */
    private static SortedMap<Integer, Integer> wanted(
            SortedMap<Integer, Integer> counts,
            UnaryOperator<SortedMap<Integer, Integer>> target,
            List<Problem> problems) {
        if (counts.size() < 2) {
            problems.add(Rule.broken("rows must be of at least two classes, found " + counts.keySet()));
            return new TreeMap<>();
        }
        SortedMap<Integer, Integer> wanted = new TreeMap<>(target.apply(counts));
        wanted.keySet().stream()
                .filter(label -> !counts.containsKey(label))
                .map(label -> Rule.broken(
                        "the target must name classes that have rows, " + counts.keySet() + ", found class " + label))
                .forEach(problems::add);
        wanted.keySet().retainAll(counts.keySet());
        return wanted;
    }

    private static void checkSize(FeatureSet rows, SortedMap<Integer, Integer> additions, List<Problem> problems) {
        int dimension = rows.features().dimension();
        long after = rows.size()
                + additions.values().stream().mapToLong(Integer::longValue).sum();
        if (after * dimension > Integer.MAX_VALUE) {
            problems.add(Rule.broken("rows · features after over-sampling must be <= " + Integer.MAX_VALUE + ", found "
                    + after + " · " + dimension));
        }
    }
}
