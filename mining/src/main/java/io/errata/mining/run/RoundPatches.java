package io.errata.mining.run;

import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.patch.PatchPack;
import io.errata.datasets.patch.PatchRequests;
import io.errata.datasets.patch.PatchSource;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.detection.training.BatchSource;
import java.nio.file.Path;

/**
 * All patches of a round, cut in one pass over the images before its first step: what a step trains on follows from the seed, so the
 * steps are gone through twice, first to see which patches they ask for.
 */
final class RoundPatches implements AutoCloseable {

    private final PatchPack pack;
    /** How many patches were asked for before each step. */
    private final int[] before;

    private RoundPatches(PatchPack pack, int[] before) {
        this.pack = pack;
        this.before = before;
    }

    /**
     * Cuts the patches that some steps will ask for.
     *
     * @param scratch a batch that is filled with nothing
     * @param memory bytes of patches to hold in memory at most
     * @param file where they go if they are more
     */
    static RoundPatches cut(
            NegativeSource negatives,
            BatchSource source,
            int steps,
            PatchBatch scratch,
            PyramidStore pyramids,
            long memory,
            Path file) {
        PatchRequests requests = new PatchRequests(scratch.patch());
        int[] before = new int[steps];
        for (int step = 0; step < steps; step++) {
            before[step] = requests.size();
            negatives.plan(source, requests, scratch, step);
        }
        return new RoundPatches(PatchPack.cut(requests, pyramids, memory, file), before);
    }

    /** The patches of a step, from the nth that it asks for on; for one thread. */
    PatchSource of(int step, int nth) {
        return pack.reader().at(before[step] + nth);
    }

    /** How many there are. */
    int size() {
        return pack.size();
    }

    @Override
    public void close() {
        pack.close();
    }
}
