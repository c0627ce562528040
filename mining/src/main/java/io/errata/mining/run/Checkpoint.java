package io.errata.mining.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.files.Json;
import io.errata.detection.files.SafeFiles;
import io.errata.detection.files.VersionedJson;
import io.errata.detection.training.Trainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What goes on after a round exactly as if there had been no interruption: weights, optimizer and the results so far; mined windows
 * stand in the ledger, random choices follow from seed, round and step. One folder a round, written aside; the one before is removed.
 */
final class Checkpoint {

    /** The version that is written. */
    static final int FORMAT = 2;

    private static final String PREFIX = "round-";

    private Checkpoint() {}

    /**
     * The numbers of a checkpoint.
     *
     * @param format the version of this file; 1 had no such number
     * @param dataSha256 of the data, which must be the same when the run goes on
     * @param optimizerSteps made so far
     * @param bestRound so far
     * @param rounds done
     * @param lossMemory what the losses remember of former steps
     */
    record State(
            @JsonProperty(isRequired = OptBoolean.FALSE) int format,
            String dataSha256,
            long optimizerSteps,
            @Nullable Integer bestRound,
            List<RoundResult> rounds,
            List<float[]> lossMemory) {}

    static void write(RunFolder run, State state, Trainer trainer) throws IOException {
        Path folder = run.checkpoints().resolve(PREFIX + (state.rounds().size() - 1));
        SafeFiles.replaceFolder(folder, aside -> {
            try (OutputStream weights = Files.newOutputStream(aside.resolve("weights.npz"));
                    OutputStream optimizer = Files.newOutputStream(aside.resolve("optimizer.npz"))) {
                trainer.network().write(weights);
                trainer.optimizer().write(optimizer);
            }
            Files.writeString(aside.resolve("state.json"), Json.MAPPER.writeValueAsString(state) + "\n");
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

    static State readState(Path folder, String dataSha256) {
        State state;
        try {
            state = VersionedJson.read(folder.resolve("state.json"), State.class, FORMAT, "checkpoint-format");
        } catch (IOException e) {
            throw damaged(folder, e);
        }
        if (!state.dataSha256().equals(dataSha256)) {
            throw new InvalidInputException(Problem.inFile(
                    folder.toString(),
                    "data-changed",
                    "a run can be resumed only on the data it was begun with; images or annotations have changed"));
        }
        return state;
    }

    static void restore(Path folder, State state, Trainer trainer) {
        try (InputStream weights = Files.newInputStream(folder.resolve("weights.npz"));
                InputStream optimizer = Files.newInputStream(folder.resolve("optimizer.npz"))) {
            trainer.network().restore(weights);
            trainer.optimizer().restore(optimizer, state.optimizerSteps());
            trainer.objective().restore(state.lossMemory());
        } catch (IOException | RuntimeException e) {
            throw damaged(folder, e);
        }
    }

    private static InvalidInputException damaged(Path folder, Exception cause) {
        return new InvalidInputException(Problem.inFile(
                folder.toString(),
                "damaged-checkpoint",
                "a checkpoint must be whole and of this run, but "
                        + String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + "; begin a new run"));
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
}
