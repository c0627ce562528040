package io.errata.detection.refine;

import ai.djl.Device;
import io.errata.core.loss.FocalLoss;
import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.patch.PatchBatch;
import io.errata.detection.engine.EngineThreads;
import io.errata.detection.network.CropArchitecture;
import io.errata.detection.network.CropNetwork;
import io.errata.detection.training.BoxLoss;
import io.errata.detection.training.CosineSchedule;
import io.errata.detection.training.Objective;
import io.errata.detection.training.OptimizerSettings;
import io.errata.detection.training.Trainer;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Teaches a second stage what the first one mistakes for objects, and where objects are. */
public final class SecondStageTrainer {

    /** Crops in a step. */
    public static final int BATCH = 48;

    private static final double LEARNING_RATE = 3e-3;
    private static final double WEIGHT_DECAY = 5e-4;
    private static final int WARM_UP = 30;
    private static final double BOX_WEIGHT = 0.125;

    private SecondStageTrainer() {}

    /**
     * Trains a new network; the caller closes it.
     *
     * @param steps gradient steps
     * @param seed same seed, same network
     * @param stepped is told how many steps are done
     */
    public static CropNetwork train(
            CropPool pool,
            CropArchitecture architecture,
            int steps,
            int classes,
            Augmentation augmentation,
            long seed,
            Device device,
            IntConsumer stepped) {
        EngineThreads.useAll();
        SplittableRandom random = new SplittableRandom(seed);
        CropNetwork network = CropNetwork.create(architecture, classes, random.nextLong(), device);
        OptimizerSettings optimizer = new OptimizerSettings(LEARNING_RATE, WEIGHT_DECAY, WARM_UP, 0.9, 0.999, 1e-8);
        Objective objective = Objective.of(FocalLoss.of(0.25, 2), BoxLoss.smoothL1(BOX_WEIGHT));
        CosineSchedule schedule = new CosineSchedule(LEARNING_RATE, WARM_UP, steps);
        PatchBatch batch = pool.newBatch(BATCH);
        try (Trainer<CropNetwork> trainer = new Trainer<>(network, optimizer, objective)) {
            for (int step = 0; step < steps; step++) {
                pool.fill(batch, augmentation, random);
                trainer.step(batch, schedule.at(step), false);
                stepped.accept(step + 1);
            }
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }
}
