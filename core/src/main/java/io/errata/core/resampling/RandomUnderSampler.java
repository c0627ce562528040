package io.errata.core.resampling;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Keeps some rows of a frequent class, drawn without replacement, every subset as likely as another. What is kept stays in its order.
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
        List<Problem> problems = new ArrayList<>();
        SortedMap<Integer, Integer> kept = Plan.kept(rows, target, problems);
        Rule.requireNone(problems);
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] dropped = new boolean[rows.size()];
        kept.forEach((label, count) -> drop(rows.rowsOf(label), count, random, dropped));
        return Resampled.selection(
                rows,
                IntStream.range(0, rows.size()).filter(row -> !dropped[row]).toArray());
    }

    /** Marks all but {@code count} of the rows, the first steps of a Fisher–Yates shuffle. */
    private static void drop(int[] rows, int count, SplittableRandom random, boolean[] dropped) {
        for (int i = 0; i < count; i++) {
            int drawn = random.nextInt(i, rows.length);
            int row = rows[drawn];
            rows[drawn] = rows[i];
            rows[i] = row;
        }
        Arrays.stream(rows, count, rows.length).forEach(row -> dropped[row] = true);
    }
}
