package io.errata.core.resampling;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.random.Shuffle;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Keeps some rows of a frequent class, drawn without replacement, every subset as likely as another. What is kept
 * stays in its order.
 *
 * @param target the rows each class is to keep
 * @param seed of the draw
 */
public record RandomUnderSampler(SamplingTarget target, long seed) implements Resampler {

    public RandomUnderSampler {
        requireNonNull(target, "target");
    }

    @Override
    public Resampled resample(FeatureSet rows) {
        ArgumentChecks checks = new ArgumentChecks();
        SortedMap<Integer, Integer> kept = SampleCounts.toKeep(rows, target, checks);
        checks.verify();
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] dropped = new boolean[rows.size()];
        kept.forEach((label, count) -> drop(rows.rowsOf(label), count, random, dropped));
        return Resampled.selection(
                rows,
                IntStream.range(0, rows.size()).filter(row -> !dropped[row]).toArray());
    }

    /** Marks all but {@code count} of the rows, which it reorders. */
    private static void drop(int[] rows, int count, SplittableRandom random, boolean[] dropped) {
        Shuffle.front(rows, count, rows.length, random);
        Arrays.stream(rows, count, rows.length).forEach(row -> dropped[row] = true);
    }
}
