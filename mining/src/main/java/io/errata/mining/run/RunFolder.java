package io.errata.mining.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.image.EqualFiles;
import io.errata.detection.files.FolderLock;
import io.errata.detection.files.Json;
import io.errata.detection.files.SafeFiles;
import io.errata.detection.files.VersionedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a run keeps what it makes.
 *
 * @param root the run's folder
 */
public record RunFolder(Path root) {

    /** What a run leaves that was killed before it wrote its configuration; another run may begin there. */
    private static final Set<String> BEFORE_THE_BEGINNING = Set.of(FolderLock.FILE, ".config.yaml.new");

    /**
     * The folder of a new run, which is not made yet.
     *
     * @throws InvalidInputException if there is something in it already
     */
    public static RunFolder fresh(Path root) {
        RunFolder folder = new RunFolder(root);
        folder.requireFresh();
        return folder;
    }

    /** @throws InvalidInputException if there is something in this folder already */
    void requireFresh() {
        try {
            if (!isFresh(root)) {
                throw invalid(root, "the run's folder must be new or empty; choose another or resume the run in it");
            }
        } catch (IOException e) {
            throw invalid(root, "the run's folder cannot be read: " + e.getMessage());
        }
    }

    /**
     * The folder of a run that was begun.
     *
     * @throws InvalidInputException if there is none
     */
    public static RunFolder existing(Path root) {
        RunFolder folder = new RunFolder(root);
        if (!Files.exists(folder.config())) {
            throw invalid(root, "must be the folder of a run, found no config.yaml there");
        }
        return folder;
    }

    /** Whether a run can begin in a folder: there is none yet, or nothing of a run in it. */
    public static boolean isFresh(Path root) throws IOException {
        if (!Files.exists(root)) {
            return true;
        }
        if (!Files.isDirectory(root)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.allMatch(entry -> BEFORE_THE_BEGINNING.contains(String.valueOf(entry.getFileName())));
        }
    }

    /**
     * Keeps other processes from this run, and makes its folder where there is none.
     *
     * @throws InvalidInputException if another one works on it, or the folder cannot be written
     */
    FolderLock lock() {
        try {
            return FolderLock.of(root, "run");
        } catch (IOException e) {
            throw invalid(root, "the run's folder cannot be written: " + e.getMessage());
        }
    }

    /**
     * Refuses a run that cannot be resumed, as far as that can be told before its data are read.
     *
     * @throws InvalidInputException if there is none, another process works on it, or its configuration was edited
     */
    public static void requireResumable(Path root) {
        RunFolder run = existing(root);
        try (FolderLock lock = run.lock()) {
            Checkpoint.requireOwnConfiguration(run);
        } catch (IOException e) {
            throw invalid(root, "the run's folder cannot be read: " + e.getMessage());
        }
    }

    private static InvalidInputException invalid(Path root, String problem) {
        return new InvalidInputException(Problem.inFile(root.toString(), "run-folder", problem));
    }

    /** The resolved configuration. */
    public Path config() {
        return root.resolve("config.yaml");
    }

    /** SHA-256 of the configuration's file, in hexadecimal. */
    String configSha256() throws IOException {
        return EqualFiles.sha256(config()).orElseThrow(() -> new IOException(config() + " cannot be read"));
    }

    /** The names of the images trained on, one a line: a list that a SPEC takes, as {@code voc:DIR@RUN/train.txt}. */
    public Path trainingImages() {
        return root.resolve("train.txt");
    }

    /** The names of the images that choose the best round, in the same way. */
    public Path validationImages() {
        return root.resolve("validation.txt");
    }

    /** The result, see {@link RunSummary}. */
    public Path summary() {
        return root.resolve("summary.json");
    }

    /** One JSON object a line: steps and rounds. */
    public Path metrics() {
        return root.resolve("metrics.jsonl");
    }

    /** The book of mistakes, an SQLite database. */
    public Path ledger() {
        return root.resolve("ledger.db");
    }

    /** What resuming needs. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** The patches of the round that is being trained, where they are too many for memory. */
    public Path patches() {
        return root.resolve("patches.tmp");
    }

    /** The best round's detector. */
    public Path model() {
        return root.resolve("model");
    }

    /** Some validation images with what the best detector finds on them. */
    public Path pictures() {
        return root.resolve("pictures");
    }

    /** What the run said. */
    public Path log() {
        return root.resolve("log.txt");
    }

    /** Writes down which images are on which side. */
    void writeSplit(Dataset train, Dataset validation) throws IOException {
        SafeFiles.replace(trainingImages(), names(train));
        SafeFiles.replace(validationImages(), names(validation));
    }

    private static String names(Dataset dataset) {
        return dataset.images().stream().map(image -> image.name() + "\n").collect(Collectors.joining());
    }

    void writeSummary(RunSummary summary) throws IOException {
        SafeFiles.replace(summary(), Json.MAPPER.writeValueAsString(summary) + "\n");
    }

    /**
     * Reads the summary written last.
     *
     * @throws InvalidInputException if it is of a format that this version cannot read
     */
    public RunSummary readSummary() throws IOException {
        return VersionedJson.read(summary(), RunSummary.class, RunSummary.FORMAT, "summary-format");
    }

    /** The summary of a run that ended after so many rounds and whose model is there. */
    Optional<RunSummary> result(int rounds) {
        if (!Files.exists(summary()) || !Files.exists(model())) {
            return Optional.empty();
        }
        try {
            RunSummary written = readSummary();
            boolean ended = written.stopReason() != null && written.rounds().size() == rounds;
            return ended ? Optional.of(written) : Optional.empty();
        } catch (IOException | InvalidInputException e) {
            return Optional.empty(); // it is written anew
        }
    }

    /** Adds a line to the metrics. */
    void appendMetric(String kind, int round, Object values) throws IOException {
        ObjectNode line = Json.MAPPER.createObjectNode().put("kind", kind).put("round", round);
        line.setAll((ObjectNode) Json.MAPPER.valueToTree(values));
        SafeFiles.append(
                metrics(),
                Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(line) + "\n");
    }

    /** Forgets the metrics of the rounds from this one on, and a line that was not written whole. */
    void truncateMetrics(int round) throws IOException {
        if (!Files.exists(metrics())) {
            return;
        }
        List<String> lines = new String(Files.readAllBytes(metrics()), StandardCharsets.UTF_8)
                .lines()
                .toList();
        SafeFiles.replace(
                metrics(),
                lines.stream()
                        .filter(line -> roundOf(line) < round)
                        .map(line -> line + "\n")
                        .reduce("", String::concat));
    }

    private static int roundOf(String line) {
        try {
            JsonNode node = Json.MAPPER.readTree(line);
            return node.path("round").asInt(Integer.MAX_VALUE);
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
    }
}
