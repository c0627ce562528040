package io.errata.core.resampling;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import java.util.SortedMap;
import java.util.SplittableRandom;

/**
 * Adds copies of rows of a rare class, drawn with replacement. The original rows come first, in their order; then the
 * copies, by rising class.
 *
 * @param target the rows each class is to have
 * @param seed of the draw
 */
public record RandomOverSampler(SamplingTarget target, long seed) implements Resampler {

    public RandomOverSampler {
        requireNonNull(target, "target");
    }

    @Override
    public Resampled resample(FeatureSet rows) {
        ArgumentChecks checks = new ArgumentChecks();
        SortedMap<Integer, Integer> additions = SampleCounts.toAdd(rows, target, checks);
        checks.verify();
        SplittableRandom random = new SplittableRandom(seed);
        Resampled.Builder builder = new Resampled.Builder(
                rows, additions.values().stream().mapToInt(Integer::intValue).sum());
        additions.forEach((label, count) -> {
            int[] members = rows.rowsOf(label);
            for (int i = 0; i < count; i++) {
                builder.addCopy(members[random.nextInt(members.length)]);
            }
        });
        return builder.build();
    }
}
