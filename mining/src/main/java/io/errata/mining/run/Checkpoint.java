package io.errata.mining.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.files.Json;
import io.errata.detection.files.SafeFiles;
import io.errata.detection.files.VersionedJson;
import io.errata.detection.network.Network;
import io.errata.detection.training.Trainer;
import io.errata.mining.ledger.LedgerRound;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What goes on after a round exactly as if there had been no interruption: weights, optimizer and the results so far; mined windows
 * stand in the ledger, random choices follow from seed, round and step. One folder a round, written aside; the one before is removed.
 */
final class Checkpoint {

    /** The version that is written. */
    static final int FORMAT = 3;

    private static final String PREFIX = "round-";
    private static final String STATE = "state.json";
    private static final String WEIGHTS = "weights.npz";
    private static final String OPTIMIZER = "optimizer.npz";

    private Checkpoint() {}

    /**
     * The numbers of a checkpoint.
     *
     * @param format the version of this file; 1 had no such number
     * @param dataSha256 of the data, which must be the same when the run goes on
     * @param configSha256 of {@code config.yaml}, which must be the same; {@code null} before format 3
     * @param optimizerSteps made so far
     * @param bestRound so far
     * @param rounds done
     * @param ledger what the ledger holds of each of them; {@code null} before format 3
     * @param lossMemory what the losses remember of former steps
     */
    record State(
            @JsonProperty(isRequired = OptBoolean.FALSE) int format,
            String dataSha256,

            @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable
            String configSha256,

            long optimizerSteps,
            @Nullable Integer bestRound,
            List<RoundResult> rounds,

            @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable
            List<LedgerRound> ledger,

            List<float[]> lossMemory) {}

    static void write(RunFolder run, State state, Trainer<Network> trainer) throws IOException {
        Path folder = run.checkpoints().resolve(PREFIX + (state.rounds().size() - 1));
        SafeFiles.replaceFolder(folder, aside -> {
            try (OutputStream weights = Files.newOutputStream(aside.resolve(WEIGHTS));
                    OutputStream optimizer = Files.newOutputStream(aside.resolve(OPTIMIZER))) {
                trainer.network().write(weights);
                trainer.optimizer().write(optimizer);
            }
            Files.writeString(aside.resolve(STATE), Json.MAPPER.writeValueAsString(state) + "\n");
        });
        for (Path other : folders(run)) {
            if (!other.equals(folder)) {
                SafeFiles.delete(other);
            }
        }
    }

    /** The folder of the last whole checkpoint, or empty where there is none yet. */
    static Optional<Path> last(RunFolder run) throws IOException {
        return folders(run).stream().max(Comparator.comparingInt(Checkpoint::roundOf));
    }

    /** @throws InvalidInputException if the data are not those that the run was begun with, or the file is damaged */
    static State readState(Path folder, String dataSha256) {
        State state = readState(folder);
        if (!state.dataSha256().equals(dataSha256)) {
            throw new InvalidInputException(Problem.inFile(
                    folder.toString(),
                    "data-changed",
                    "a run can be resumed only on the data it was begun with; images or annotations have changed"));
        }
        return state;
    }

    private static State readState(Path folder) {
        Path file = folder.resolve(STATE);
        State state;
        try {
            state = VersionedJson.read(file, State.class, FORMAT, "checkpoint-format");
        } catch (IOException e) {
            throw damaged(folder, e.getMessage());
        }
        requireNumbers(file, state, roundOf(folder));
        return state;
    }

    private static void requireNumbers(Path file, State state, int round) {
        List<Integer> numbers = state.rounds().stream().map(RoundResult::round).toList();
        List<Integer> expected = IntStream.rangeClosed(0, round).boxed().toList();
        if (!numbers.equals(expected)) {
            throw damaged(file, "rounds must be " + expected + ", found " + numbers);
        }
        Integer best = state.bestRound();
        if (best != null && (best < 0 || best > round)) {
            throw damaged(file, "best_round must be from 0 to " + round + ", found " + best);
        }
        if (state.optimizerSteps() < 0) {
            throw damaged(file, "optimizer_steps must be ≥ 0, found " + state.optimizerSteps());
        }
        List<LedgerRound> ledger = state.ledger();
        if (ledger != null && ledger.size() != expected.size()) {
            throw damaged(file, "ledger must have " + expected.size() + " rounds, found " + ledger.size());
        }
        if (state.format() >= 3 && (ledger == null || state.configSha256() == null)) {
            throw damaged(
                    file,
                    "ledger and config_sha256 must be there, found only "
                            + (ledger == null ? "config_sha256" : "ledger"));
        }
    }

    /**
     * The configuration's file must be as it was when the run was begun, to the byte: a run that goes on with other settings is neither.
     *
     * @throws InvalidInputException if it was edited ({@code settings-changed}), or the checkpoint is damaged
     */
    static void requireOwnConfiguration(RunFolder run) throws IOException {
        Optional<Path> last = last(run);
        String written = last.isEmpty() ? null : readState(last.get()).configSha256();
        if (written != null && !written.equals(run.configSha256())) {
            throw new InvalidInputException(Problem.inFile(
                    run.config().toString(),
                    "settings-changed",
                    "a run can be resumed only with the configuration it was begun with, to the letter, but the file was"
                            + " edited; undo that, or begin a new run with it"));
        }
    }

    static void restore(Path folder, State state, Trainer<Network> trainer) {
        read(folder.resolve(WEIGHTS), in -> trainer.network().restore(in));
        read(folder.resolve(OPTIMIZER), in -> trainer.optimizer().restore(in, state.optimizerSteps()));
        try {
            trainer.objective().restore(state.lossMemory());
        } catch (RuntimeException e) {
            throw damaged(folder.resolve(STATE), e.getMessage());
        }
    }

    private static void read(Path file, Restoring restoring) {
        try (InputStream in = Files.newInputStream(file)) {
            restoring.from(in);
        } catch (NoSuchFileException e) {
            throw damaged(file, "there is no such file");
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e.getMessage());
        }
    }

    private static InvalidInputException damaged(Path file, @Nullable String reason) {
        return new InvalidInputException(Problem.inFile(
                file.toString(),
                "damaged-checkpoint",
                "a checkpoint must be whole and of this run, but "
                        + String.valueOf(reason).lines().findFirst().orElse("") + "; begin a new run"));
    }

    private static List<Path> folders(RunFolder run) throws IOException {
        if (!Files.isDirectory(run.checkpoints())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(run.checkpoints())) {
            return entries.filter(path -> path.getFileName().toString().matches(PREFIX + "\\d{1,9}"))
                    .toList();
        }
    }

    private static int roundOf(Path folder) {
        return Integer.parseInt(folder.getFileName().toString().substring(PREFIX.length()));
    }

    @FunctionalInterface
    private interface Restoring {
        void from(InputStream in) throws IOException;
    }
}
