package io.errata.mining.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.detection.files.Json;
import io.errata.detection.files.SafeFiles;
import io.errata.detection.files.VersionedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a run keeps what it makes.
 *
 * @param root the run's folder
 */
public record RunFolder(Path root) {

    /**
     * Makes a new run's folder.
     *
     * @throws InvalidInputException if there is something in it already, or it cannot be written
     */
    public static RunFolder create(Path root) {
        try {
            if (Files.exists(root) && !isEmptyFolder(root)) {
                throw invalid(root, "the run's folder must be new or empty; choose another or resume the run in it");
            }
            Files.createDirectories(root);
            return new RunFolder(root);
        } catch (IOException e) {
            throw invalid(root, "the run's folder cannot be written: " + e.getMessage());
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

    private static boolean isEmptyFolder(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.findAny().isEmpty();
        }
    }

    private static InvalidInputException invalid(Path root, String problem) {
        return new InvalidInputException(Problem.inFile(root.toString(), "run-folder", problem));
    }

    /** The resolved configuration. */
    public Path config() {
        return root.resolve("config.yaml");
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

    /** Adds a line to the metrics. */
    void appendMetric(String kind, int round, Object values) throws IOException {
        ObjectNode line = Json.MAPPER.createObjectNode().put("kind", kind).put("round", round);
        line.setAll((ObjectNode) Json.MAPPER.valueToTree(values));
        Files.writeString(
                metrics(),
                Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(line) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
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
