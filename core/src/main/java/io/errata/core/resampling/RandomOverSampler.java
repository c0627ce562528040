package io.errata.core.resampling;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;

/**
 * Adds copies of rows of a rare class, drawn with replacement. All rows there were come first and in their order; then the copies, by
 * rising class.
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
        List<Problem> problems = new ArrayList<>();
        SortedMap<Integer, Integer> additions = Plan.additions(rows, target, problems);
        Rule.requireNone(problems);
        SplittableRandom random = new SplittableRandom(seed);
        Resampled.Growth growth = new Resampled.Growth(
                rows, additions.values().stream().mapToInt(Integer::intValue).sum());
        additions.forEach((label, count) -> {
            int[] members = rows.rowsOf(label);
            for (int i = 0; i < count; i++) {
                growth.addCopy(members[random.nextInt(members.length)]);
            }
        });
        return growth.finished();
    }
}
