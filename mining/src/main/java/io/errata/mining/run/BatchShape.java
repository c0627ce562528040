package io.errata.mining.run;

import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.window.WindowCorpus;
import io.errata.mining.config.RunConfig;

/**
 * The batches of a run.
 *
 * @param size patches in a batch, at least 2
 * @param positives how many of them are positives, in [1, {@code size})
 * @param patch the side of a patch in pixels
 * @param classes how many there are
 */
record BatchShape(int size, int positives, int patch, int classes) {

    /** Positives and negatives in the configured proportion. */
    static BatchShape of(RunConfig config, WindowCorpus corpus) {
        int size = config.training().batchSize();
        long positives = Math.round(size / (1 + config.sampling().negativesPerPositive()));
        return new BatchShape(
                size,
                (int) Math.min(size - 1L, Math.max(1, positives)),
                corpus.geometry().patch(),
                corpus.dataset().classes().size());
    }

    int negatives() {
        return size - positives;
    }

    PatchBatch newBatch() {
        return new PatchBatch(size, positives, patch, classes);
    }

    /** A batch of candidates for negatives: so many for each negative. */
    PatchBatch newCandidates(int perNegative) {
        return new PatchBatch(negatives() * perNegative, 0, patch, classes);
    }
}
