package io.errata.mining.run;

import io.errata.detection.Detection;
import io.errata.detection.DetectionSettings;
import io.errata.detection.detector.Detector;
import io.errata.detection.evaluation.Figures;
import io.errata.detection.network.CropNetwork;
import io.errata.detection.network.Network;
import io.errata.detection.network.ResidualStage;
import io.errata.detection.refine.CropPool;
import io.errata.detection.refine.FalsePositive;
import io.errata.detection.refine.SecondStage;
import io.errata.detection.refine.SecondStageTrainer;
import io.errata.mining.config.RunConfig;
import java.util.List;

/** Trains the second stage on what the best round's network finds on the training images. */
final class SecondStageRound {

    /** What the first stage takes for objects, however little sure of it. */
    private static final DetectionSettings PROPOSALS = new DetectionSettings(0.005, 0.6, 100);

    private final RunConfig config;
    private final ResidualStage settings;
    private final TrainingData data;
    private final RunListener listener;

    SecondStageRound(RunConfig config, ResidualStage settings, TrainingData data, RunListener listener) {
        this.config = config;
        this.settings = settings;
        this.data = data;
        this.listener = listener;
    }

    /**
     * Trains.
     *
     * @param first the first stage, which stays the caller's
     * @param before its figures on the validation images
     * @param seed same seed, same second stage
     */
    Trained train(Network first, Figures before, long seed) {
        long start = System.nanoTime();
        int steps = settings.steps(
                (long) config.training().stepsPerRound() * config.mining().rounds());
        CropPool pool = CropPool.cut(
                data.train(),
                data.trainPyramids(),
                proposals(first),
                settings.architecture(),
                (long) steps * SecondStageTrainer.BATCH,
                (long) config.run().cacheMb() << 20,
                seed);
        listener.refining(pool.size(), pool.hardNegatives());
        CropNetwork network = SecondStageTrainer.train(
                pool,
                settings.architecture(),
                steps,
                data.train().classes().size(),
                config.sampling().augmentation(),
                seed,
                first.device(),
                step -> listener.refined(step, steps));
        double seconds = (System.nanoTime() - start) / 1e9;
        try {
            SecondStage stage = SecondStage.of(network);
            List<FalsePositive> falsePositives = pool.judged(stage);
            Figures figures = Validation.of(config, data).figures(first, stage);
            return new Trained(
                    network,
                    falsePositives,
                    new SecondStageResult(
                            figures,
                            !config.evaluation().bestBy().isWorse(figures, before),
                            network.parameterCount(),
                            pool.size(),
                            pool.hardNegatives(),
                            steps,
                            seconds));
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private List<List<Detection>> proposals(Network first) {
        try (Detector detector =
                Detector.of(first, data.corpus().geometry(), data.train().classes(), PROPOSALS)) {
            return detector.detectAll(data.trainPyramids());
        }
    }

    /**
     * A second stage and what came of it.
     *
     * @param network the caller closes it
     * @param falsePositives what the first stage took for objects and is none
     */
    record Trained(CropNetwork network, List<FalsePositive> falsePositives, SecondStageResult result) {}
}
