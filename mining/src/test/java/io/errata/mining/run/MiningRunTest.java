package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.FocalLoss;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.Detection;
import io.errata.detection.detector.Detector;
import io.errata.detection.evaluation.Figures;
import io.errata.detection.files.FolderLock;
import io.errata.detection.files.Json;
import io.errata.detection.model.ModelFolder;
import io.errata.detection.model.Provenance;
import io.errata.mining.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MiningRunTest {

    private static final MiningRun RUN = TinyRun.create();

    @TempDir
    private static Path folder;

    private static RunFolder run;
    private static Detector detector;

    @BeforeAll
    static void train() {
        run = new RunFolder(folder.resolve("run"));
        detector = RUN.train(run.root());
    }

    @AfterAll
    static void close() {
        detector.close();
    }

    @Test
    void summaryHasTheAgreedFields() throws IOException {
        JsonNode summary = Json.MAPPER.readTree(run.summary().toFile());

        assertThat(names(summary))
                .contains("status", "seed", "device", "classes", "stop_reason", "best_round", "best", "rounds");
        assertThat(names(summary.get("best"))).containsExactly("ap50", "ap", "lamr", "ap50_per_class");
        assertThat(summary.get("status").asText()).isEqualTo("finished");
        assertThat(summary.get("seed").asLong()).isEqualTo(11);
        assertThat(summary.get("device").asText()).isEqualTo("cpu");
        assertThat(summary.get("classes").toString()).isEqualTo("[\"parasite\"]");
        assertThat(summary.get("stop_reason").asText()).isEqualTo("all 3 rounds done");
        assertThat(summary.get("rounds")).hasSize(3).allSatisfy(round -> {
            assertThat(names(round))
                    .contains("round", "ap50", "ap", "lamr", "positives", "negatives", "held_out_windows")
                    .contains("scored_windows", "hard_found", "hard_added", "train", "scan");
            assertThat(names(round.get("negatives"))).containsExactly("initial", "mined", "retired", "quarantined");
            assertThat(names(round.get("train"))).containsExactly("seconds", "samples");
            assertThat(names(round.get("scan"))).containsExactly("seconds", "windows_per_second");
        });
    }

    @Test
    void scoresEveryHeldOutWindowOnceARound() throws IOException {
        int mined = 0;
        for (RoundResult round : run.readSummary().rounds()) {
            assertThat(round.positives()).isPositive();
            assertThat(round.negatives().initial()).isEqualTo(3 * round.positives());
            assertThat(round.negatives().mined()).isEqualTo(mined);
            assertThat(round.scoredWindows()).isEqualTo(round.heldOutWindows()).isPositive();
            assertThat(round.hardAdded()).isLessThanOrEqualTo((int) round.hardFound());
            assertThat(round.train().samples()).isEqualTo(15 * 32);
            mined += round.hardAdded();
        }
        assertThat(mined).isPositive();
    }

    /** All negatives without those trained on: what is held out and what is trained on add up to the same in each round. */
    @Test
    void heldOutIsWhatIsNotTrainedOn() throws IOException {
        assertThat(run.readSummary().rounds().stream()
                        .mapToLong(round -> round.heldOutWindows()
                                + round.negatives().initial()
                                + round.negatives().mined())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void theBestRoundIsKept() throws IOException {
        RunSummary summary = run.readSummary();
        RoundResult best = summary.rounds().stream()
                .reduce((a, b) -> b.figures().ap() >= a.figures().ap() ? b : a)
                .orElseThrow();

        assertThat(summary.bestRound()).isEqualTo(best.round());
        assertThat(summary.best()).isEqualTo(best.figures());
        assertThat(summary.images()).isEqualTo(new RunSummary.Images(9, 3));
    }

    @Test
    void theLedgerHasEveryMinedNegativeAndItsScores() throws IOException, SQLException {
        List<RoundResult> rounds = run.readSummary().rounds();
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + run.ledger())) {
            assertThat(number(ledger, "SELECT COUNT(*) FROM rounds")).isEqualTo(3);
            assertThat(number(ledger, "SELECT COUNT(*) FROM images")).isEqualTo(9);
            for (RoundResult round : rounds) {
                String of = " = " + round.round();
                assertThat(number(ledger, "SELECT held_out FROM rounds WHERE round" + of))
                        .isEqualTo(round.heldOutWindows());
                assertThat(number(ledger, "SELECT scored FROM rounds WHERE round" + of))
                        .isEqualTo(round.scoredWindows());
                assertThat(number(ledger, "SELECT found FROM rounds WHERE round" + of))
                        .isEqualTo(round.hardFound());
                assertThat(number(ledger, "SELECT COUNT(*) FROM negatives WHERE mined_in" + of))
                        .isEqualTo(round.hardAdded());
                assertThat(number(ledger, "SELECT COUNT(*) FROM scores WHERE round" + of))
                        .isEqualTo(round.negatives().mined() + round.hardAdded());
            }
            assertThat(number(ledger, "SELECT COUNT(*) FROM negatives WHERE max_iou >= 0.3"))
                    .isZero();
            assertThat(number(
                            ledger,
                            "SELECT COUNT(*) FROM scores s JOIN negatives n ON n.key = s.key AND n.mined_in = s.round"
                                    + " WHERE score <= 0.1"))
                    .isZero();
        }
    }

    @Test
    void theModelFolderDetectsWhatTheRunsDetectorDoes() {
        List<List<Detection>> expected = detector.detectAll(TinyRun.VALIDATION.images());
        assertThat(expected).anyMatch(found -> !found.isEmpty());

        for (Path place : List.of(run.root(), run.model())) {
            try (Detector loaded = Detector.load(place)) {
                assertThat(loaded.detectAll(TinyRun.VALIDATION.images())).isEqualTo(expected);
                assertThat(loaded.classes()).containsExactly("parasite");
            }
        }
    }

    @Test
    void theModelSaysWhereItComesFrom() throws IOException {
        RunSummary summary = run.readSummary();
        Provenance provenance = ModelFolder.read(run.root()).description().provenance();

        assertThat(provenance.errata()).isNotBlank();
        assertThat(provenance.engine()).matches("PyTorch \\d+\\.\\d+\\.\\d+");
        assertThat(provenance.java()).isEqualTo(Runtime.version().toString());
        assertThat(provenance.device()).isEqualTo("cpu");
        assertThat(provenance.seed()).isEqualTo(11);
        assertThat(provenance.threads()).isEqualTo(1);
        assertThat(provenance.round()).isEqualTo(summary.bestRound());
        assertThat(provenance.dataSha256()).matches("[0-9a-f]{64}");
        assertThat(provenance.trainingImages()).isEqualTo(9);
        assertThat(provenance.validationImages()).isEqualTo(3);
        assertThat(summary.best()).isNotNull().extracting(Figures::ap50).isEqualTo(provenance.ap50());
    }

    @Test
    void theConfigurationLoadsBack() throws IOException {
        RunConfig loaded = RunConfig.load(run.config(), List.of());

        assertThat(loaded.toYaml()).isEqualTo(Files.readString(run.config()));
        assertThat(loaded.training().stepsPerRound()).isEqualTo(15);
        assertThat(loaded.run().seed()).isEqualTo(11);
    }

    @Test
    void metricsHaveALineARoundAndLinesOfSteps() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.metrics())) {
            lines.add(Json.MAPPER.readTree(line));
        }
        assertThat(lines.stream().filter(line -> line.get("kind").asText().equals("round")))
                .extracting(line -> line.get("round").asInt())
                .containsExactly(0, 1, 2);
        assertThat(lines.stream().filter(line -> line.get("kind").asText().equals("step")))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(line ->
                        assertThat(line.get("loss").asDouble()).isFinite().isPositive())
                .allSatisfy(
                        line -> assertThat(line.get("learning_rate").asDouble()).isPositive());
    }

    @Test
    void leavesNothingHalfWritten() throws IOException {
        try (Stream<Path> all = Files.walk(run.root())) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .filteredOn(name -> !name.equals(FolderLock.FILE))
                    .noneMatch(name -> name.startsWith(".") || name.endsWith("-journal"));
        }
        try (Stream<Path> checkpoints = Files.list(run.checkpoints())) {
            assertThat(checkpoints).hasSize(1);
        }
    }

    @Test
    void sameSeedSameBits(@TempDir Path other) throws IOException {
        RunFolder again = TinyRun.train(RUN, other.resolve("again"));

        assertThat(TinyRun.untimed(again)).isEqualTo(TinyRun.untimed(run));
        for (String file :
                List.of("checkpoints/round-2/weights.npz", "checkpoints/round-2/optimizer.npz", "model/weights.npz")) {
            assertThat(again.root().resolve(file))
                    .hasSameBinaryContentAs(run.root().resolve(file));
        }
    }

    @Test
    void anotherSeedIsAnotherRun(@TempDir Path other) throws IOException {
        RunFolder again = TinyRun.train(RUN.withSeed(12), other.resolve("again"));

        assertThat(TinyRun.finalWeights(again)).usingRecursiveComparison().isNotEqualTo(TinyRun.finalWeights(run));
    }

    /** The arms of a comparison: as many steps of as many patches, and no scan. */
    @ParameterizedTest
    @CsvSource({"random, 3", "ohem, 12"})
    void otherStrategiesTakeEqualSteps(String strategy, int negativesPerPositive, @TempDir Path other)
            throws IOException {
        RunFolder arm = TinyRun.train(RUN.with("mining.strategy=" + strategy), other.resolve("arm"));

        RunSummary summary = arm.readSummary();
        assertThat(summary.strategy()).isEqualTo(strategy);
        assertThat(summary.rounds()).hasSize(3).allSatisfy(round -> {
            assertThat(round.train().samples()).isEqualTo(15 * 32);
            assertThat(round.scoredWindows()).isZero();
            assertThat(round.negatives().mined()).isZero();
            assertThat(round.negatives().initial()).isEqualTo(negativesPerPositive * round.positives());
        });
        assertThat(Checkpoint.readState(
                                arm.checkpoints().resolve("round-2"),
                                ModelFolder.read(arm.root())
                                        .description()
                                        .provenance()
                                        .dataSha256())
                        .optimizerSteps())
                .isEqualTo(45);
    }

    @Test
    void aLossThatIsNoNumberIsTheUsersToMend(@TempDir Path other) {
        ClassificationLoss broken = (logits, targets) -> FocalLoss.of(0.25, 2)
                .perElement(logits, targets)
                .div(logits.getManager().zeros(logits.getShape()));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RUN.withLoss(broken).train(other.resolve("run")))
                .satisfies(e -> assertThat(e.problems()).hasSize(1).allSatisfy(problem -> {
                    assertThat(problem.key()).isEqualTo("optimizer.learning_rate");
                    assertThat(problem.problem())
                            .contains("by step 0 of round 0")
                            .contains("lower the learning rate, found 0.02");
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network.widths=[8]",
                "run.device=gpu:99",
                "windows.patch=24;windows.stride=8",
                "sampling.color_jitter=1"
            })
    void whatCannotBeTrainedIsRefusedBeforeAnythingIsWritten(String settings, @TempDir Path other) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RUN.with(settings.split(";")).train(other.resolve("run")));
        assertThat(other.resolve("run")).doesNotExist();
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone(@TempDir Path other) throws IOException {
        Path mine = Files.writeString(other.resolve("mine.txt"), "mine");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RUN.train(other))
                .satisfies(
                        e -> assertThat(e.problems()).extracting(Problem::kind).containsExactly("run-folder"));
        assertThat(mine).hasContent("mine");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static long number(Connection ledger, String sql) throws SQLException {
        try (Statement statement = ledger.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getLong(1);
        }
    }
}
