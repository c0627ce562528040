package io.errata.core.resampling;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import java.util.SortedMap;
import java.util.SplittableRandom;

/**
 * Adds rows that lie between a row of a rare class and one of its nearest neighbours <em>within that class</em>:
 * {@code x + u·(neighbour − x)}. Row and neighbour are drawn with replacement, u from U[0, 1), once a row: on the
 * segment, as in the text of the paper and in imbalanced-learn, not in the box that the listing in the paper gives.
 * Chawla et al., SMOTE: Synthetic Minority Over-sampling Technique, JAIR 16, 2002.
 *
 * <p>The original rows come first, in their order; then the synthetic ones, by rising class. Distances are Euclidean,
 * so scale the features first. A row is not its own neighbour, but another row with the same values is; see
 * {@link NearestNeighbours}.
 *
 * @param neighbours k, how many of the nearest a neighbour is drawn from
 * @param target the rows each class is to have
 * @param seed of the draw
 */
public record Smote(int neighbours, SamplingTarget target, long seed) implements Resampler {

    private static final int DEFAULT_NEIGHBOURS = 5;

    /** @throws IllegalArgumentException if {@code neighbours} is below 1 */
    public Smote {
        ArgumentChecks.check(neighbours >= 1, "neighbours", "must be >= 1", neighbours);
        requireNonNull(target, "target");
    }

    /** Five neighbours, as in the paper, and all classes as large as the largest. */
    public static Smote withDefaults(long seed) {
        return new Smote(DEFAULT_NEIGHBOURS, SamplingTarget.balanced(), seed);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if a class that is to grow has no more rows than {@link #neighbours}
     */
    @Override
    public Resampled resample(FeatureSet rows) {
        SortedMap<Integer, Integer> additions = additions(rows);
        SplittableRandom random = new SplittableRandom(seed);
        Resampled.Builder builder = new Resampled.Builder(
                rows, additions.values().stream().mapToInt(Integer::intValue).sum());
        additions.forEach((label, count) -> add(rows, rows.rowsOf(label), count, random, builder));
        return builder.build();
    }

    private SortedMap<Integer, Integer> additions(FeatureSet rows) {
        ArgumentChecks checks = new ArgumentChecks();
        SortedMap<Integer, Integer> additions = SampleCounts.toAdd(rows, target, checks);
        additions.keySet().forEach(label -> {
            int count = rows.rowsOf(label).length;
            String rule = "must be < the rows of a class that grows: class " + label + " has " + count;
            checks.require(neighbours < count, "neighbours", rule, neighbours);
        });
        checks.verify();
        return additions;
    }

    private void add(FeatureSet rows, int[] members, int count, SplittableRandom random, Resampled.Builder builder) {
        int[] nearest = NearestNeighbours.within(rows.features().select(members), neighbours);
        for (int i = 0; i < count; i++) {
            int pair = random.nextInt(nearest.length);
            builder.addBetween(members[pair / neighbours], members[nearest[pair]], random.nextDouble());
        }
    }
}
