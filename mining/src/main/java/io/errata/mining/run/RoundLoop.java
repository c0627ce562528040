package io.errata.mining.run;

import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.patch.NegativeCutter;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.DetectionSettings;
import io.errata.detection.detector.Detector;
import io.errata.detection.embedding.HeadFitter;
import io.errata.detection.evaluation.Evaluation;
import io.errata.detection.model.ModelDescription;
import io.errata.detection.model.ModelFolder;
import io.errata.detection.model.Provenance;
import io.errata.detection.network.DeviceSetting;
import io.errata.detection.network.EngineEnvironment;
import io.errata.detection.network.FoldedNetwork;
import io.errata.detection.network.Network;
import io.errata.detection.scan.Candidates;
import io.errata.detection.scan.DenseScorer;
import io.errata.detection.scan.Scan;
import io.errata.detection.scan.ScoredWindows;
import io.errata.detection.training.BatchSource;
import io.errata.detection.training.CosineSchedule;
import io.errata.detection.training.Trainer;
import io.errata.detection.training.TrainingSet;
import io.errata.mining.config.HeadRefit;
import io.errata.mining.config.MiningStrategy;
import io.errata.mining.config.RunConfig;
import io.errata.mining.ledger.Ledger;
import io.errata.mining.policy.MiningPolicy;
import io.errata.mining.stopping.StopRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The loop itself: train, validate, scan, mine, write down, until a rule says stop. */
final class RoundLoop {

    private final RunConfig config;
    private final TrainingData data;
    private final Trainer trainer;
    private final MiningPolicy policy;
    private final RunFolder folder;
    private final Ledger ledger;
    private final RunListener listener;
    private final CosineSchedule schedule;
    private final StopRules stopRules;
    private final StepRunner steps;
    private final NegativeCutter negatives;
    private final String dataSha256;
    private final List<RoundResult> results = new ArrayList<>();
    private WindowSet mined;
    private @Nullable Integer bestRound;
    private RunSummary.@Nullable Best refit;

    RoundLoop(
            RunConfig config,
            TrainingData data,
            Trainer trainer,
            MiningPolicy policy,
            RunFolder folder,
            Ledger ledger,
            RunListener listener) {
        this.config = config;
        this.data = data;
        this.trainer = trainer;
        this.policy = policy;
        this.folder = folder;
        this.ledger = ledger;
        this.listener = listener;
        long total = (long) config.training().stepsPerRound() * config.mining().rounds();
        this.schedule = new CosineSchedule(
                config.optimizer().learningRate(), config.optimizer().warmupSteps(), total);
        this.stopRules = StopRules.of(config.mining().rounds(), config.mining().patience());
        Augmentation augmentation = config.sampling().augmentation();
        this.negatives = new NegativeCutter(data.trainPyramids(), augmentation);
        this.steps = new StepRunner(config, trainer, schedule, listener, folder, data.corpus());
        this.dataSha256 = data.sha256();
        this.mined = ledger.mined();
    }

    /** Goes on after the rounds of a checkpoint, whose weights the trainer's network has. */
    void restore(Checkpoint.State state) throws IOException {
        results.addAll(state.rounds());
        bestRound = state.bestRound();
        if (bestRound != null && bestRound == results.size() - 1) {
            ModelFolder.write(
                    folder.model(),
                    description(bestRound, results.get(bestRound).ap50()),
                    trainer.network());
        }
    }

    /** Runs rounds until a rule says stop. */
    RunSummary run() throws IOException {
        listener.started(plan());
        Optional<String> stop = results.isEmpty() ? Optional.empty() : stopRules.reason(progress());
        while (stop.isEmpty()) {
            RoundResult result = round(results.size());
            results.add(result);
            stop = stopRules.reason(progress());
            boolean last = stop.isPresent() && config.training().refitHead() == HeadRefit.NONE;
            writeDown(result, last ? stop.get() : null);
            listener.finished(result);
        }
        if (config.training().refitHead() != HeadRefit.NONE) {
            refit = refitHead();
        }
        RunSummary summary = summary(stop.get());
        folder.writeSummary(summary);
        listener.stopped(summary);
        return summary;
    }

    private RoundResult round(int round) throws IOException {
        TrainingSet set = trainingSet(round);
        BatchSource source = new BatchSource(
                data.positives(),
                negatives,
                config.sampling().mixing(data.corpus().geometry()),
                set,
                config.sampling().jittered(),
                config.mining().hardShare(),
                seedOf(round, 1));
        long start = System.nanoTime();
        double loss = steps.train(round, source);
        double trainSeconds = (System.nanoTime() - start) / 1e9;
        listener.validating(round);
        Evaluation quality = validate(trainer.network());
        int minedBefore = set.mined().size();
        Scan.Report scan = new Scan.Report(0, 0, 0);
        if (config.mining().strategy() == MiningStrategy.ROUNDS) {
            scan = mine(round, set);
        }
        return new RoundResult(
                round,
                quality.ap50(),
                quality.ap(),
                quality.lamr(),
                data.corpus().positives(),
                new RoundResult.Negatives(set.random().size(), minedBefore, 0, 0),
                set.heldOut(),
                scan.windows(),
                scan.found(),
                mined.size() - minedBefore,
                new RoundResult.Train(
                        trainSeconds,
                        (long) config.training().stepsPerRound()
                                * config.training().batchSize()),
                new RoundResult.ScanTime(scan.seconds(), scan.windowsPerSecond()),
                loss,
                ap50PerClass(quality));
    }

    private static Map<String, Double> ap50PerClass(Evaluation quality) {
        Map<String, Double> perClass = new LinkedHashMap<>();
        quality.perClass().forEach((label, ofClass) -> perClass.put(label, ofClass.ap50()));
        return perClass;
    }

    /** All positives, random negatives in proportion, and what was mined so far. */
    private TrainingSet trainingSet(int round) {
        WindowCorpus corpus = data.corpus();
        double wanted = Math.max(1, corpus.positives()) * config.sampling().negativesPerPositive();
        if (config.mining().strategy() == MiningStrategy.OHEM) {
            wanted *= config.mining().ohemCandidates();
        }
        WindowSet random =
                corpus.drawNegatives((long) Math.ceil(wanted), mined, new SplittableRandom(seedOf(round, 0)));
        return new TrainingSet(corpus, random, mined);
    }

    /** A seed of its own for each round and purpose. */
    private long seedOf(int round, int purpose) {
        return new SplittableRandom(config.run().seed() * 1_000_003 + round * 31L + purpose).nextLong();
    }

    /** Learns the outputs of the best round's network anew. What it does depends on the layers below alone, so it may be done twice. */
    private RunSummary.Best refitHead() throws IOException {
        RoundResult best = results.get(Objects.requireNonNull(bestRound));
        try (Network network =
                ModelFolder.read(folder.model()).network(trainer.network().device())) {
            long seed = seedOf(best.round(), 2);
            new HeadFitter(data.corpus(), data.trainPyramids())
                    .refit(network, mined, config.training().refitHead().learner(seed), seed);
            Evaluation quality = validate(network);
            ModelFolder.write(folder.model(), description(best.round(), quality.ap50()), network);
            return new RunSummary.Best(quality.ap50(), quality.ap(), quality.lamr());
        }
    }

    private Evaluation validate(Network network) {
        try (Detector detector =
                Detector.of(network, data.corpus().geometry(), data.train().classes(), detectionSettings())) {
            return Evaluation.of(data.validation(), detector.detectAll(data.validationPyramids()));
        }
    }

    /** Scores every held-out negative, and adds those that the policy chooses to the mined ones. */
    private Scan.Report mine(int round, TrainingSet set) {
        listener.scanning(round, set.heldOut());
        List<ScoredWindows> chosen = new ArrayList<>();
        List<ScoredWindows> watched = new ArrayList<>();
        Scan.Report report;
        try (FoldedNetwork folded = trainer.network().fold()) {
            Scan scan = new Scan(
                    new DenseScorer(folded),
                    data.trainPyramids(),
                    data.train().classes().size(),
                    Detector.BATCH_PIXELS);
            report = scan.run(
                    Candidates.heldOut(data.corpus(), set.negatives(), set.mined()),
                    policy.threshold(),
                    policy.candidatesPerImage(),
                    scores -> {
                        chosen.add(policy.choose(scores.windows(), ledger));
                        watched.add(scores.watched());
                    });
        }
        ScoredWindows hard = ScoredWindows.concat(chosen);
        ledger.record(
                round, policy.threshold(), set.heldOut(), report, hard, ScoredWindows.concat(watched), data.corpus());
        mined = mined.union(WindowSet.of(hard.keys()));
        return report;
    }

    /** The checkpoint comes before the model: killed between them, the resumed run makes the model from the checkpoint. */
    private void writeDown(RoundResult result, @Nullable String stop) throws IOException {
        boolean best = bestRound == null || isBetter(result, results.get(bestRound));
        if (best) {
            bestRound = result.round();
        }
        folder.appendMetric("round", result.round(), result);
        Checkpoint.write(
                folder,
                new Checkpoint.State(
                        dataSha256,
                        trainer.optimizer().steps(),
                        bestRound,
                        List.copyOf(results),
                        trainer.objective().memory()),
                trainer);
        if (best) {
            ModelFolder.write(folder.model(), description(result.round(), result.ap50()), trainer.network());
        }
        folder.writeSummary(summary(stop));
    }

    private boolean isBetter(RoundResult result, RoundResult best) {
        return quality(result) > quality(best) || (Double.isNaN(quality(best)) && !Double.isNaN(quality(result)));
    }

    /** Larger is better; NaN where the validation images hold no object. */
    private double quality(RoundResult result) {
        return switch (config.evaluation().bestBy()) {
            case AP50 -> result.ap50();
            case AP -> result.ap();
            case LAMR -> -result.lamr();
        };
    }

    private List<StopRules.Round> progress() {
        return results.stream()
                .map(result -> new StopRules.Round(
                        quality(result),
                        schedule.share((result.round() + 1L) * config.training().stepsPerRound()),
                        config.mining().strategy() == MiningStrategy.ROUNDS,
                        result.hardFound()))
                .toList();
    }

    private DetectionSettings detectionSettings() {
        return new DetectionSettings(
                config.evaluation().scoreThreshold(),
                config.evaluation().nmsIou(),
                config.evaluation().maxDetections());
    }

    private ModelDescription description(int round, double ap50) {
        Provenance provenance = new Provenance(
                Version.ERRATA,
                Version.engine(),
                Runtime.version().toString(),
                deviceName(),
                config.run().seed(),
                EngineEnvironment.threads(),
                round,
                dataSha256,
                data.train().images().size(),
                data.validation().images().size(),
                ap50);
        return new ModelDescription(
                ModelDescription.FORMAT,
                data.train().classes(),
                data.corpus().geometry(),
                trainer.network().architecture(),
                detectionSettings(),
                provenance);
    }

    private RunSummary summary(@Nullable String stop) {
        RoundResult best = bestRound == null ? null : results.get(bestRound);
        return new RunSummary(
                stop == null ? "running" : "finished",
                config.run().seed(),
                deviceName(),
                config.mining().strategy().name().toLowerCase(Locale.ROOT),
                data.train().classes(),
                stop,
                bestRound,
                best == null ? null : new RunSummary.Best(best.ap50(), best.ap(), best.lamr()),
                refit,
                new RunSummary.Images(
                        data.train().images().size(), data.validation().images().size()),
                data.corpus().gridRecall(),
                data.skipped(),
                results);
    }

    /** As the configuration would name it. */
    private String deviceName() {
        return DeviceSetting.of(trainer.network().device()).text();
    }

    private RunListener.Plan plan() {
        return new RunListener.Plan(
                data.train().images().size(),
                data.validation().images().size(),
                data.train().objectCount(),
                data.corpus().geometry().levels(),
                data.corpus().windows(),
                data.corpus().positives(),
                data.corpus().gridRecall().at50(),
                trainer.network().parameterCount(),
                deviceName(),
                config.mining().rounds(),
                config.training().stepsPerRound());
    }
}
