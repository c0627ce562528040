package io.errata.mining.run;

import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.training.BatchSource;
import io.errata.detection.training.Trainer;
import io.errata.detection.training.TrainingSet;
import java.util.Arrays;

/**
 * Strategy {@code ohem}: online hard example mining (Shrivastava et al. 2016, arXiv 1604.03540). In each step the hardest of several
 * random candidates.
 *
 * @param random draws the candidates
 * @param trainer whose network says which are hard
 * @param candidates room for those of a step
 */
record OnlineHardNegatives(RandomNegatives random, Trainer trainer, PatchBatch candidates) implements NegativeSource {

    @Override
    public TrainingSet draw(int round) {
        return random.draw(round);
    }

    @Override
    public void fill(BatchSource source, PatchBatch batch, int step) {
        source.fill(batch, step, false);
    }

    @Override
    public void complete(BatchSource source, PatchBatch batch, int step) {
        long[] keys = source.fillCandidates(candidates, step);
        int[] hardest = trainer.hardest(candidates, batch.size() - batch.positives());
        source.replaceNegatives(
                batch, Arrays.stream(hardest).mapToLong(i -> keys[i]).toArray(), step);
    }

    @Override
    public WindowSet mined() {
        return WindowSet.empty();
    }
}
