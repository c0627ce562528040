package io.errata.mining.run;

import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.patch.PatchSource;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.network.Network;
import io.errata.detection.training.BatchSource;
import io.errata.detection.training.Trainer;
import io.errata.detection.training.TrainingSet;
import java.util.function.IntFunction;

/**
 * Strategy {@code ohem}: online hard example mining (Shrivastava et al. 2016, arXiv 1604.03540). In each step the hardest of several
 * random candidates.
 *
 * @param random draws the candidates
 * @param trainer whose network says which are hard
 * @param candidates room for those of a step
 */
record OnlineHardNegatives(RandomNegatives random, Trainer<Network> trainer, PatchBatch candidates)
        implements NegativeSource {

    @Override
    public TrainingSet draw(int round) {
        return random.draw(round);
    }

    @Override
    public void plan(BatchSource source, PatchSource patches, PatchBatch scratch, int step) {
        fill(source, patches, scratch, step);
        source.fillCandidates(patches, candidates, step);
    }

    @Override
    public void fill(BatchSource source, PatchSource patches, PatchBatch batch, int step) {
        source.fill(patches, batch, step, false);
    }

    @Override
    public void complete(BatchSource source, IntFunction<PatchSource> patches, PatchBatch batch, int step) {
        int first = batch.positives(); // the candidates' patches follow these
        source.fillCandidates(patches.apply(first), candidates, step);
        int[] hardest = trainer.network().hardest(candidates, batch.size() - first);
        source.replaceNegatives(place -> patches.apply(first + place), batch, hardest, candidates.size(), step);
    }

    @Override
    public WindowSet mined() {
        return WindowSet.empty();
    }
}
