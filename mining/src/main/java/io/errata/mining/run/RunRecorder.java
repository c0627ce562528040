package io.errata.mining.run;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import io.errata.datasets.Note;
import io.errata.detection.engine.DeviceSetting;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.evaluation.Figures;
import io.errata.detection.model.ModelDescription;
import io.errata.detection.model.ModelFolder;
import io.errata.detection.model.Provenance;
import io.errata.detection.network.CropNetwork;
import io.errata.detection.network.Network;
import io.errata.detection.training.Trainer;
import io.errata.mining.config.RunConfig;
import io.errata.mining.ledger.Ledger;
import io.errata.mining.ledger.LedgerRound;
import io.errata.mining.ledger.Suspect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a run down: metrics, checkpoint, the best round's model, summary. */
final class RunRecorder {

    private final RunFolder folder;
    private final RunConfig config;
    private final TrainingData data;
    private final Trainer<Network> trainer;
    private final Ledger ledger;
    private final String configSha256;
    private final BestRound bestRound;
    private final List<RoundResult> rounds = new ArrayList<>();
    private final List<LedgerRound> ledgerRounds = new ArrayList<>();
    private List<Suspect> suspects = List.of();
    private boolean latestIsBest;
    private @Nullable Figures refit;
    private @Nullable SecondStageResult secondStage;

    RunRecorder(RunFolder folder, RunConfig config, TrainingData data, Trainer<Network> trainer, Ledger ledger)
            throws IOException {
        this.folder = folder;
        this.config = config;
        this.data = data;
        this.trainer = trainer;
        this.ledger = ledger;
        this.configSha256 = folder.configSha256();
        this.bestRound = new BestRound(config.evaluation().bestBy());
    }

    /** Goes on after the rounds of a checkpoint, whose weights the trainer's network has; makes the model that may be missing. */
    void restore(Checkpoint.State state) throws IOException {
        rounds.addAll(state.rounds());
        List<LedgerRound> written = state.ledger();
        ledgerRounds.addAll(
                written != null
                        ? written
                        : rounds.stream()
                                .map(round -> ledger.round(round.round()))
                                .toList());
        Integer best = state.bestRound();
        bestRound.restore(best == null ? null : rounds.get(best));
        if (best != null && best == rounds.size() - 1) {
            writeModel(trainer.network(), null, rounds.get(best).figures());
        }
    }

    /** Takes the images without objects that look most as if they had some. */
    void suspect(List<Suspect> images) {
        suspects = List.copyOf(images);
    }

    /** The rounds so far. */
    List<RoundResult> rounds() {
        return rounds;
    }

    /** The figure that the best round is chosen by; larger is better. */
    double quality(RoundResult result) {
        return bestRound.quality(result);
    }

    /** The best of at least one round. */
    RoundResult best() {
        return requireNonNull(bestRound.get());
    }

    /** The best round's network; the caller closes it. */
    Network bestNetwork(Device device) {
        return ModelFolder.read(folder.model()).network(device);
    }

    /** Takes a round that is done, before it is known whether another follows. */
    void add(RoundResult result) {
        rounds.add(result);
        ledgerRounds.add(ledger.round(result.round()));
        latestIsBest = bestRound.offer(result);
    }

    /**
     * Writes the latest round. The checkpoint comes before the model: killed between them, the resumed run makes the model from the
     * checkpoint.
     *
     * @param stop why the run ends here, if it does
     */
    void writeRound(RoundResult result, Optional<String> stop) throws IOException {
        folder.appendMetric("round", result.round(), result);
        Checkpoint.write(folder, state(), trainer);
        if (latestIsBest) {
            writeModel(trainer.network(), null, result.figures());
        }
        folder.writeSummary(summary(stop.orElse(null)));
    }

    /** Replaces the best round's model by one whose outputs were learned anew. */
    void writeRefit(Network network, Figures figures) throws IOException {
        refit = figures;
        writeModel(network, null, figures);
    }

    /** The figures of the best round's network, those after its outputs were learned anew where they were. */
    Figures firstStage() {
        return refit == null ? best().figures() : refit;
    }

    /** Takes a second stage, and puts it beside the best round's network if it is to be kept. */
    void writeSecondStage(Network network, CropNetwork second, SecondStageRound.Trained trained) throws IOException {
        SecondStageResult result = trained.result();
        secondStage = result;
        ledger.recordFalsePositives(trained.falsePositives(), config.mining().threshold());
        if (result.kept()) {
            writeModel(network, second, result.figures());
        } else {
            writeModel(network, null, firstStage());
        }
    }

    /** Writes the summary of a run that has ended. */
    RunSummary finish(String stopReason) throws IOException {
        RunSummary summary = summary(stopReason);
        folder.writeSummary(summary);
        return summary;
    }

    private Checkpoint.State state() {
        return new Checkpoint.State(
                Checkpoint.FORMAT,
                data.sha256(),
                configSha256,
                trainer.optimizer().steps(),
                bestRound.round(),
                List.copyOf(rounds),
                List.copyOf(ledgerRounds),
                trainer.objective().memory());
    }

    private void writeModel(Network network, @Nullable CropNetwork second, Figures figures) throws IOException {
        Provenance provenance = new Provenance(
                Versions.ERRATA,
                Versions.engine(),
                Runtime.version().toString(),
                deviceName(),
                config.run().seed(),
                EngineEnvironment.threads(config.run().threads()),
                best().round(),
                data.sha256(),
                data.train().images().size(),
                data.validation().images().size(),
                figures.ap50());
        ModelDescription description = new ModelDescription(
                ModelDescription.FORMAT,
                data.train().classes(),
                config.data().mapping(),
                data.corpus().geometry(),
                network.architecture(),
                second == null ? null : second.architecture(),
                config.evaluation().detection(),
                provenance);
        ModelFolder.write(folder.model(), description, network, second);
    }

    private RunSummary summary(@Nullable String stopReason) {
        RoundResult best = bestRound.get();
        return new RunSummary(
                RunSummary.FORMAT,
                stopReason == null ? "running" : "finished",
                config.run().seed(),
                deviceName(),
                config.mining().strategy().name().toLowerCase(Locale.ROOT),
                data.train().classes(),
                stopReason,
                bestRound.round(),
                best == null ? null : figures(),
                refit,
                secondStage,
                new RunSummary.Images(
                        data.train().images().size(), data.validation().images().size()),
                data.corpus().gridRecall(),
                data.skipped(),
                config.data().mapping(),
                notes(),
                rounds);
    }

    /** Of the detector that is kept. */
    private Figures figures() {
        SecondStageResult second = secondStage;
        return second != null && second.kept() ? second.figures() : firstStage();
    }

    private List<String> notes() {
        List<String> notes =
                new ArrayList<>(data.notes().stream().map(Note::text).toList());
        if (!suspects.isEmpty()) {
            notes.add(Suspect.inWords(suspects));
        }
        return notes;
    }

    /** As the configuration would name it. */
    private String deviceName() {
        return DeviceSetting.of(trainer.network().device()).text();
    }
}
