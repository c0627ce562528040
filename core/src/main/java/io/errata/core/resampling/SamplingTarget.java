package io.errata.core.resampling;

import io.errata.core.problem.ArgumentChecks;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many rows each class should have after resampling: the {@code sampling_strategy} of imbalanced-learn, with the
 * same results. A sampler refuses a target that it cannot reach, such as under-sampling to more rows than there are.
 */
public sealed interface SamplingTarget {

    /**
     * The rows each class should have after over-sampling. Classes not in the result stay as they are.
     *
     * @param counts rows of each class now
     * @throws IllegalArgumentException if the target has no meaning for these classes
     */
    SortedMap<Integer, Integer> whenOverSampling(SortedMap<Integer, Integer> counts);

    /**
     * The rows each class should have after under-sampling. Classes not in the result stay as they are.
     *
     * @param counts rows of each class now
     * @throws IllegalArgumentException if the target has no meaning for these classes
     */
    SortedMap<Integer, Integer> whenUnderSampling(SortedMap<Integer, Integer> counts);

    /** As many rows of every class: {@code "auto"} in imbalanced-learn. */
    static SamplingTarget balanced() {
        return new Balanced();
    }

    /** Two classes, the smaller {@code ratio} times the larger: a number in imbalanced-learn. See {@link Ratio}. */
    static SamplingTarget ratio(double ratio) {
        return new Ratio(ratio);
    }

    /** As many rows as given, for the classes given; others stay as they are: a {@code dict} in imbalanced-learn. */
    static SamplingTarget counts(Map<Integer, Integer> counts) {
        return new Counts(counts);
    }

    /** Every class as large as the largest when over-sampling, as small as the smallest when under-sampling. */
    record Balanced() implements SamplingTarget {

        @Override
        public SortedMap<Integer, Integer> whenOverSampling(SortedMap<Integer, Integer> counts) {
            return all(counts, Collections.max(counts.values()));
        }

        @Override
        public SortedMap<Integer, Integer> whenUnderSampling(SortedMap<Integer, Integer> counts) {
            return all(counts, Collections.min(counts.values()));
        }

        private static SortedMap<Integer, Integer> all(SortedMap<Integer, Integer> counts, int count) {
            SortedMap<Integer, Integer> targets = new TreeMap<>(counts);
            targets.replaceAll((label, before) -> count);
            return targets;
        }
    }

    /**
     * Rows of the smaller of two classes to one row of the larger. Over-sampling leaves the larger class and brings
     * the smaller to {@code ratio · larger} rows; under-sampling leaves the smaller class and brings the larger to
     * {@code smaller / ratio} rows; both are rounded down. Of two classes of one size the one with the lower number is
     * the larger when over-sampling, and the smaller when under-sampling. For more than two classes use
     * {@link Counts}.
     *
     * @param ratio in (0, 1]
     */
    record Ratio(double ratio) implements SamplingTarget {

        /** @throws IllegalArgumentException if {@code ratio} is not in (0, 1] */
        public Ratio {
            ArgumentChecks.check(ratio > 0 && ratio <= 1, "ratio", "must be in (0, 1]", ratio);
        }

        @Override
        public SortedMap<Integer, Integer> whenOverSampling(SortedMap<Integer, Integer> counts) {
            int largest = Collections.max(counts.values());
            return other(counts, largest, (int) (largest * ratio));
        }

        @Override
        public SortedMap<Integer, Integer> whenUnderSampling(SortedMap<Integer, Integer> counts) {
            int smallest = Collections.min(counts.values());
            return other(counts, smallest, (int) (smallest / ratio));
        }

        /** {@code count} for the class that is not the first of {@code size}. */
        private static SortedMap<Integer, Integer> other(SortedMap<Integer, Integer> counts, int size, int count) {
            ArgumentChecks.check(
                    counts.size() == 2,
                    "a ratio",
                    "must be of two classes",
                    counts.keySet() + "; use counts for each class");
            int first = counts.firstKey();
            int last = counts.lastKey();
            int other = counts.getOrDefault(first, 0) == size ? last : first;
            return new TreeMap<>(Map.of(other, count));
        }
    }

    /**
     * Rows of each class named. Over-sampling asks for no fewer than there are, under-sampling for no more.
     *
     * @param counts at least one class, each with at least one row
     */
    record Counts(Map<Integer, Integer> counts) implements SamplingTarget {

        /** @throws IllegalArgumentException if no class is named, or one is to have less than one row */
        public Counts {
            counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
            ArgumentChecks checks =
                    new ArgumentChecks().require(!counts.isEmpty(), "counts", "must name at least one class", "none");
            counts.forEach(
                    (label, count) -> checks.require(count >= 1, "count of class " + label, "must be >= 1", count));
            checks.verify();
        }

        @Override
        public SortedMap<Integer, Integer> whenOverSampling(SortedMap<Integer, Integer> present) {
            return new TreeMap<>(counts);
        }

        @Override
        public SortedMap<Integer, Integer> whenUnderSampling(SortedMap<Integer, Integer> present) {
            return new TreeMap<>(counts);
        }
    }
}
