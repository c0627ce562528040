package io.errata.detection.training;

import io.errata.core.mixing.Mixing;
import io.errata.core.random.Shuffle;
import io.errata.datasets.patch.NegativeCutter;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.patch.PatchMixer;
import io.errata.datasets.patch.PatchSource;
import io.errata.datasets.patch.PositiveSampler;
import io.errata.datasets.window.WindowSet;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

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
     * @param patches is asked for the same patches in the same order whenever a step is filled
     * @param withNegatives whether the places behind the positives are filled too, and the whole is mixed
     */
    public void fill(PatchSource patches, PatchBatch batch, int step, boolean withNegatives) {
        SplittableRandom draws = randomOf(step);
        int front = batch.positives();
        int jitteredCount = (int) Math.round(front * jittered);
        positives.drawJittered(patches, batch, 0, jitteredCount, draws);
        positives.drawWindows(patches, batch, jitteredCount, front, draws);
        if (withNegatives) {
            fillNegatives(patches, batch, step, draws);
            mixer.mix(batch, draws);
        }
    }

    private void fillNegatives(PatchSource patches, PatchBatch batch, int step, SplittableRandom draws) {
        int room = batch.size() - batch.positives();
        int hard = (int) Math.min(Math.round(room * hardShare), (long) MAX_REPEATS * mined.size());
        hard = random.length == 0 && mined.size() > 0 ? room : hard;
        for (int i = 0; i < room; i++) {
            long key = i < hard
                    ? mined.get(draws.nextInt(mined.size()))
                    : randomAt((long) step * (room - hard) + i - hard);
            negatives.cut(key, patches, batch, batch.positives() + i, draws);
        }
    }

    /** Fills a whole batch with random negatives, for a step that will choose among them. */
    public void fillCandidates(PatchSource patches, PatchBatch batch, int step) {
        SplittableRandom draws = randomOf(~step);
        for (int i = 0; i < batch.size(); i++) {
            negatives.cut(candidate(batch.size(), step, i), patches, batch, i, draws);
        }
    }

    private long candidate(int count, int step, int index) {
        return randomAt((long) step * count + index);
    }

    /**
     * Puts some of a step's candidates behind a batch's positives and mixes the whole.
     *
     * @param patches gives the candidates of this step
     * @param chosen their places among the candidates
     * @param count how many candidates there were
     */
    public void replaceNegatives(
            IntFunction<PatchSource> patches, PatchBatch batch, int[] chosen, int count, int step) {
        SplittableRandom draws = randomOf(Integer.MIN_VALUE ^ step);
        for (int i = 0; i < chosen.length; i++) {
            negatives.cut(
                    candidate(count, step, chosen[i]), patches.apply(chosen[i]), batch, batch.positives() + i, draws);
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
