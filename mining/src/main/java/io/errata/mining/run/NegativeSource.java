package io.errata.mining.run;

import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.patch.PatchSource;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.scan.Scan;
import io.errata.detection.training.BatchSource;
import io.errata.detection.training.TrainingSet;
import io.errata.mining.ledger.Suspect;
import java.util.List;
import java.util.function.IntFunction;

/** Where a run's negatives come from: one implementation for each {@link io.errata.mining.config.MiningStrategy}. */
interface NegativeSource {

    /** What a round trains on. */
    TrainingSet draw(int round);

    /** Asks for all patches that a step may need, in the order in which {@link #fill} and {@link #complete} will. */
    default void plan(BatchSource source, PatchSource patches, PatchBatch scratch, int step) {
        fill(source, patches, scratch, step);
    }

    /** Fills a batch, on the thread that prepares batches, perhaps while the engine learns from another one. */
    default void fill(BatchSource source, PatchSource patches, PatchBatch batch, int step) {
        source.fill(patches, batch, step, true);
    }

    /**
     * Completes a batch on the thread that trains, with the network as it is before the step.
     *
     * @param patches of this step, from the nth that was asked for on
     */
    default void complete(BatchSource source, IntFunction<PatchSource> patches, PatchBatch batch, int step) {}

    /** Whether {@link #mine} scores held-out negatives. */
    default boolean mines() {
        return false;
    }

    /** Scores the held-out negatives of a round with the network as it is after it, and remembers those to train on next. */
    default Mined mine(int round, TrainingSet set) {
        return new Mined(new Scan.Report(0, 0, 0), 0);
    }

    /** After the first round: the images without objects that look most as if they had some; none where nothing is mined. */
    default List<Suspect> suspects() {
        return List.of();
    }

    /** The negatives mined so far. */
    WindowSet mined();

    /**
     * What mining brought.
     *
     * @param scan what the scan did
     * @param added how many windows the next round trains on for the first time
     */
    record Mined(Scan.Report scan, int added) {}
}
