package io.errata.detection.training;

import io.errata.core.mixing.Mixing;
import io.errata.core.random.Shuffle;
import io.errata.datasets.patch.NegativeCutter;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.patch.PatchMixer;
import io.errata.datasets.patch.PositiveSampler;
import io.errata.datasets.window.WindowSet;
import java.util.SplittableRandom;

/**
 * Fills the batches of a round: positives at the front, then negatives, a share of them mined. The random negatives are gone through in
 * a shuffled order, each once before any comes again. A batch that is whole is mixed last, after everything else is drawn. What a step's
 * batch holds follows from the seed, the round and the step alone.
 */
public final class BatchSource {

    /** A mined window comes this often a batch at most, so that a handful of them does not make up half of it. */
    private static final int MAX_REPEATS = 2;

    private final PositiveSampler positives;
    private final NegativeCutter negatives;
    private final PatchMixer mixer;
    private final double jittered;
    private final double hardShare;
    private final WindowSet mined;
    private final long[] random;
    private final long seed;

    /**
     * @param mixing of the patches of a whole batch
     * @param jittered the share of the positives that are jittered ground truth, in [0, 1]
     * @param hardShare the share of the negatives that are mined ones, in [0, 1]
     * @param seed of this round
     */
    public BatchSource(
            PositiveSampler positives,
            NegativeCutter negatives,
            Mixing mixing,
            TrainingSet set,
            double jittered,
            double hardShare,
            long seed) {
        this.positives = positives;
        this.negatives = negatives;
        this.mixer = new PatchMixer(mixing);
        this.jittered = jittered;
        this.hardShare = hardShare;
        this.mined = set.mined();
        this.random = Shuffle.all(set.random().toArray(), new SplittableRandom(seed));
        this.seed = seed;
    }

    /**
     * Fills a batch for a step of the round, counted from 0.
     *
     * @param withNegatives whether the places behind the positives are filled too, and the whole is mixed
     */
    public void fill(PatchBatch batch, int step, boolean withNegatives) {
        SplittableRandom draws = randomOf(step);
        int front = batch.positives();
        int jitteredCount = (int) Math.round(front * jittered);
        positives.drawJittered(batch, 0, jitteredCount, draws);
        positives.drawWindows(batch, jitteredCount, front, draws);
        if (withNegatives) {
            fillNegatives(batch, step, draws);
            mixer.mix(batch, draws);
        }
    }

    private void fillNegatives(PatchBatch batch, int step, SplittableRandom draws) {
        int room = batch.size() - batch.positives();
        int hard = (int) Math.min(Math.round(room * hardShare), (long) MAX_REPEATS * mined.size());
        hard = random.length == 0 && mined.size() > 0 ? room : hard;
        for (int i = 0; i < room; i++) {
            long key = i < hard
                    ? mined.get(draws.nextInt(mined.size()))
                    : randomAt((long) step * (room - hard) + i - hard);
            negatives.cut(key, batch, batch.positives() + i, draws);
        }
    }

    /**
     * Fills a whole batch with random negatives, for a step that will choose among them.
     *
     * @return their keys, in the order of the batch
     */
    public long[] fillCandidates(PatchBatch batch, int step) {
        SplittableRandom draws = randomOf(~step);
        long[] keys = new long[batch.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = randomAt((long) step * keys.length + i);
            negatives.cut(keys[i], batch, i, draws);
        }
        return keys;
    }

    /** Puts these negatives behind a batch's positives and mixes the whole. */
    public void replaceNegatives(PatchBatch batch, long[] keys, int step) {
        SplittableRandom draws = randomOf(Integer.MIN_VALUE ^ step);
        for (int i = 0; i < keys.length; i++) {
            negatives.cut(keys[i], batch, batch.positives() + i, draws);
        }
        mixer.mix(batch, draws);
    }

    private long randomAt(long place) {
        return random[(int) (place % random.length)];
    }

    private SplittableRandom randomOf(int step) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step);
    }
}
