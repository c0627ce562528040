package io.errata.mining.run;

import io.errata.core.ensemble.Learner;
import io.errata.core.problem.InvalidArgumentException;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.patch.NegativeCutter;
import io.errata.detection.embedding.HeadFitter;
import io.errata.detection.embedding.HeadRefit;
import io.errata.detection.evaluation.Figures;
import io.errata.detection.network.CropNetwork;
import io.errata.detection.network.Network;
import io.errata.detection.network.ResidualStage;
import io.errata.detection.training.BatchSource;
import io.errata.detection.training.CosineSchedule;
import io.errata.detection.training.Trainer;
import io.errata.detection.training.TrainingSet;
import io.errata.mining.config.RunConfig;
import io.errata.mining.ledger.Suspect;
import io.errata.mining.stopping.StopRules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The loop: draw negatives, train, validate, mine, write down, and ask whether to stop. */
final class RoundEngine {

    private final RunConfig config;
    private final TrainingData data;
    private final Trainer<Network> trainer;
    private final CosineSchedule schedule;
    private final NegativeSource negatives;
    private final RoundTrainer steps;
    private final RunRecorder recorder;
    private final RunListener listener;
    private final RoundSeeds seeds;
    private final Validation validation;

    RoundEngine(
            RunConfig config,
            TrainingData data,
            Trainer<Network> trainer,
            CosineSchedule schedule,
            NegativeSource negatives,
            RoundTrainer steps,
            RunRecorder recorder,
            RunListener listener) {
        this.config = config;
        this.data = data;
        this.trainer = trainer;
        this.schedule = schedule;
        this.negatives = negatives;
        this.steps = steps;
        this.recorder = recorder;
        this.listener = listener;
        this.seeds = new RoundSeeds(config.run().seed());
        this.validation = Validation.of(config, data);
    }

    /** Runs rounds, after those that are recorded already, until a rule says stop. */
    RunSummary run() throws IOException {
        boolean refits = config.training().refitHead() != HeadRefit.NONE;
        boolean goesOn = refits || config.network().secondStage() instanceof ResidualStage;
        Optional<String> stop = reasonToStop();
        if (!recorder.rounds().isEmpty()) {
            recorder.suspect(negatives.suspects()); // as before it was interrupted
        }
        while (stop.isEmpty()) {
            RoundResult result = round(recorder.rounds().size());
            recorder.add(result);
            List<Suspect> suspects = result.round() == 0 ? negatives.suspects() : List.of();
            if (!suspects.isEmpty()) {
                recorder.suspect(suspects);
            }
            stop = reasonToStop();
            recorder.writeRound(result, goesOn ? Optional.empty() : stop);
            listener.finished(result);
            if (!suspects.isEmpty()) {
                listener.suspecting(suspects);
            }
        }
        if (refits) {
            refitHead();
        }
        if (config.network().secondStage() instanceof ResidualStage settings) {
            trainSecondStage(settings);
        }
        RunSummary summary = recorder.finish(stop.get());
        listener.stopped(summary);
        return summary;
    }

    private RoundResult round(int round) throws IOException {
        TrainingSet set = negatives.draw(round);
        BatchSource batches = batches(round, set);
        long memory = (long) config.run().cacheMb() << 20;
        double loss;
        long start = System.nanoTime();
        long cut;
        try (RoundPatches patches = steps.cut(batches, data.trainPyramids(), memory)) {
            cut = System.nanoTime();
            listener.cut(round, patches.size(), (cut - start) / 1e9);
            loss = steps.train(round, batches, patches);
        }
        double seconds = (System.nanoTime() - cut) / 1e9;
        listener.validating(round);
        Figures figures = validation.figures(trainer.network());
        NegativeSource.Mined mined = negatives.mine(round, set);
        long samples =
                (long) config.training().stepsPerRound() * config.training().batchSize();
        return new RoundResult(
                round,
                figures,
                data.corpus().positives(),
                new RoundResult.Negatives(set.random().size(), set.mined().size(), 0, 0),
                set.heldOut(),
                mined.scan().windows(),
                mined.scan().found(),
                mined.added(),
                new RoundResult.Train(seconds, samples),
                new RoundResult.ScanTime(mined.scan().seconds(), mined.scan().windowsPerSecond()),
                loss);
    }

    private BatchSource batches(int round, TrainingSet set) {
        return new BatchSource(
                data.positives(),
                new NegativeCutter(config.sampling().augmentation()),
                config.sampling()
                        .mixing()
                        .mixing(data.corpus().geometry(), config.sampling().labelling()),
                set,
                config.sampling().jittered(),
                config.mining().hardShare(),
                seeds.batches(round));
    }

    /** Why to stop after the rounds so far, if there is a reason. */
    private Optional<String> reasonToStop() {
        int stepsPerRound = config.training().stepsPerRound();
        List<StopRules.Round> progress = recorder.rounds().stream()
                .map(result -> new StopRules.Round(
                        recorder.quality(result),
                        schedule.share((result.round() + 1L) * stepsPerRound),
                        negatives.mines(),
                        result.hardFound()))
                .toList();
        return StopRules.of(config.mining().rounds(), config.mining().patience())
                .reason(progress);
    }

    /**
     * Learns the outputs of the best round's network anew. What it does depends on the layers below alone, so it may be done twice, as
     * when a run is resumed here.
     *
     * @throws InvalidInputException if the data have too few windows for the configured resampler
     */
    private void refitHead() throws IOException {
        RoundResult best = recorder.best();
        long seed = seeds.refit(best.round());
        Learner learner = config.training().refitHead().learner(seed);
        HeadFitter fitter = new HeadFitter(data.corpus(), data.trainPyramids());
        try (Network network = recorder.bestNetwork(trainer.network().device())) {
            fitter.refit(network, negatives.mined(), learner, seed);
            recorder.writeRefit(network, validation.figures(network));
        } catch (InvalidArgumentException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem -> new Problem(
                            null, null, "training.refit_head", problem.key() + " " + problem.problem(), "cannot-refit"))
                    .toList());
        }
    }

    /** Trains a second stage for the best round's network. What it does depends on that network alone, so it may be done twice. */
    private void trainSecondStage(ResidualStage settings) throws IOException {
        long seed = seeds.secondStage(recorder.best().round());
        try (Network network = recorder.bestNetwork(trainer.network().device())) {
            SecondStageRound.Trained trained =
                    new SecondStageRound(config, settings, data, listener).train(network, recorder.firstStage(), seed);
            try (CropNetwork secondStage = trained.network()) {
                recorder.writeSecondStage(network, secondStage, trained);
            }
            listener.refined(trained.result());
        }
    }
}
