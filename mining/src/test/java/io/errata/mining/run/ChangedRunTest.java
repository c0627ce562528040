package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.window.WindowKey;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.files.Json;
import io.errata.detection.files.SafeFiles;
import io.errata.detection.network.NamedArrays;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run goes on only from what it left itself. */
class ChangedRunTest {

    private static final MiningRun RUN = TinyRun.create();

    @TempDir
    private static Path shared;

    private static RunFolder whole;
    /** Two rounds of three are done. */
    private static Path unfinished;

    private RunFolder run = new RunFolder(Path.of(""));

    @BeforeAll
    static void train() {
        whole = TinyRun.train(RUN, shared.resolve("whole"));
        unfinished = shared.resolve("unfinished");
        MiningRun stopping = RUN.withListener(new RunListener() {
            @Override
            public void finished(RoundResult result) {
                if (result.round() == 1) {
                    throw new IllegalStateException("enough");
                }
            }
        });
        assertThatThrownBy(() -> stopping.train(unfinished)).hasMessage("enough");
    }

    @BeforeEach
    void copy(@TempDir Path temporary) throws IOException {
        run = new RunFolder(temporary.resolve("run"));
        copy(unfinished, run.root());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private void change(String... statements) throws SQLException {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + run.ledger());
                Statement statement = ledger.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    private void changeState(Consumer<ObjectNode> change) throws IOException {
        Path file = checkpoint("state.json");
        ObjectNode state = (ObjectNode) Json.MAPPER.readTree(file.toFile());
        change.accept(state);
        Files.writeString(file, Json.MAPPER.writeValueAsString(state));
    }

    /** As the version before wrote it. */
    private void makeFormat2() throws IOException {
        changeState(state -> state.put("format", 2).remove(List.of("config_sha256", "ledger")));
    }

    private Path checkpoint(String file) {
        return run.checkpoints().resolve("round-1").resolve(file);
    }

    /** Told with the file and the reason, and nothing is changed. */
    private void isRefused(Path file, String kind, String reason) throws IOException {
        byte[] metrics = Files.readAllBytes(run.metrics());
        byte[] ledger = Files.readAllBytes(run.ledger());
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RUN.resume(run.root()))
                .satisfies(e -> assertThat(e.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(kind))
                        .extracting(Problem::toString)
                        .asString()
                        .startsWith(file + ": ")
                        .contains(reason));
        assertThat(run.metrics()).hasBinaryContent(metrics);
        assertThat(run.ledger()).hasBinaryContent(ledger);
    }

    private void goesOnAsIfNothingHadHappened() throws IOException {
        assertThat(TinyRun.untimed(TinyRun.resume(RUN, run.root()))).isEqualTo(TinyRun.untimed(whole));
        assertThat(TinyRun.finalWeights(run)).usingRecursiveComparison().isEqualTo(TinyRun.finalWeights(whole));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TRIGGER halve AFTER INSERT ON negatives BEGIN DELETE FROM negatives WHERE key % 2; END | besides them the trigger halve",
                "CREATE VIEW mine AS SELECT * FROM scores | besides them the view mine",
                "CREATE INDEX fast ON scores (score) | besides them the index fast",
                "CREATE TABLE notes (text) | besides them the table notes",
                "ALTER TABLE negatives ADD COLUMN note TEXT | the table negatives changed",
                "DROP TABLE classes | no table classes"
            })
    void aLedgerOfOtherTablesIsRefused(String sql, String reason) throws IOException, SQLException {
        change(sql);

        isRefused(
                run.ledger(),
                "ledger-changed",
                "must have the tables that Errata makes and nothing else, found " + reason);
        makeFormat2();
        isRefused(run.ledger(), "ledger-changed", "found " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE scores SET score = score / 2 WHERE round = 0 | other values in the rows of round 0",
                "UPDATE rounds SET threshold = 0.9 WHERE round = 1 | other values in the rows of round 1",
                "UPDATE negatives SET max_iou = 0.29 WHERE mined_in = 0 | other values in the rows of round 0",
                "DELETE FROM scores WHERE round = 1 | scores of round 1, as the run wrote, found",
                "DELETE FROM scores; DELETE FROM negatives; DELETE FROM rounds | of round 0, as the run wrote, found 0 and 0"
            })
    void aLedgerOfOtherRowsIsRefused(String sql, String reason) throws IOException, SQLException {
        change(sql.split(";"));

        isRefused(run.ledger(), "ledger-changed", reason);
    }

    /** What can be told where nobody wrote down what the rows were. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE negatives SET image = image + 1 WHERE key = (SELECT MIN(key) FROM negatives) | what the key says",
                "UPDATE negatives SET level = level + 1 | what the key says",
                "UPDATE negatives SET row = 77 | what the key says",
                "UPDATE negatives SET col = 77 | what the key says",
                "UPDATE negatives SET x2 = x2 + 1 | what the key says",
                "UPDATE scores SET class = 1 WHERE round = 0 | must have in classes what scores names",
                "DELETE FROM negatives WHERE key = (SELECT MIN(key) FROM negatives) | must have in negatives what scores names",
                "UPDATE images SET name = 'other.png' WHERE image = 3 | must have the images of the run's data",
                "INSERT INTO classes VALUES (1, 'another') | must have the classes of the run's data"
            })
    void ofTheVersionBeforeALedgerThatContradictsItselfIsRefused(String sql, String reason)
            throws IOException, SQLException {
        change(sql);

        isRefused(run.ledger(), "ledger-changed", reason);
        makeFormat2();
        isRefused(run.ledger(), "ledger-changed", reason);
    }

    @Test
    void keysThatAreNoWindowsAreRefused() throws IOException, SQLException {
        makeFormat2();
        byte[] ledger = Files.readAllBytes(run.ledger());
        for (long key : new long[] {
            WindowKey.of(9, 0, 0, 0),
            WindowKey.of(0, 250, 0, 0),
            WindowKey.of(0, 0, 65000, 0),
            WindowKey.of(0, 0, 0, 65000),
            -7
        }) {
            Files.write(run.ledger(), ledger);
            change("INSERT INTO negatives VALUES (" + key + ", 0, 0, 0, 0, 0, 0, 9, 9, 0, 0)");

            isRefused(run.ledger(), "ledger-changed", "found the key " + key);
        }
    }

    @Test
    void aLedgerThatIsDamagedIsRefused() throws IOException {
        byte[] ledger = Files.readAllBytes(run.ledger());
        for (int i = 4096; i < ledger.length; i++) {
            ledger[i] = (byte) i;
        }
        Files.write(run.ledger(), ledger);

        isRefused(run.ledger(), "ledger", "must be a whole SQLite database");
    }

    /** As where a process is killed after the ledger's transaction of a round and before its checkpoint. */
    @Test
    void rowsOfALaterRoundAreForgotten() throws IOException, SQLException {
        change(
                "ATTACH '" + whole.ledger() + "' AS whole",
                "INSERT INTO rounds SELECT * FROM whole.rounds WHERE round = 2",
                "INSERT INTO negatives SELECT * FROM whole.negatives WHERE mined_in = 2",
                "INSERT INTO scores SELECT * FROM whole.scores WHERE round = 2");

        goesOnAsIfNothingHadHappened();
    }

    @Test
    void anUnchangedRunOfTheVersionBeforeGoesOn() throws IOException {
        makeFormat2();

        goesOnAsIfNothingHadHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps_per_round: 15|steps_per_round: 16", "^|# a comment\n"})
    void anEditedConfigurationIsRefused(String edit) throws IOException {
        String[] parts = edit.split("\\|");
        String before = Files.readString(run.config());
        Files.writeString(run.config(), before.replaceFirst(parts[0], parts[1]));
        assertThat(run.config()).content().isNotEqualTo(before);

        isRefused(run.config(), "settings-changed", "a run can be resumed only with the");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RunFolder.requireResumable(run.root()))
                .withMessageContaining("was edited");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 700})
    void aBestRoundThatWasNotDoneIsRefused(int best) throws IOException {
        changeState(state -> state.put("best_round", best));

        isRefused(checkpoint("state.json"), "damaged-checkpoint", "best_round must be from 0 to 1, found " + best);
    }

    @Test
    void otherRoundsAreRefused() throws IOException {
        changeState(state -> ((ObjectNode) state.get("rounds").get(1)).put("round", 7));
        isRefused(checkpoint("state.json"), "damaged-checkpoint", "rounds must be [0, 1], found [0, 7]");
        changeState(state -> state.withArray("rounds").remove(1));
        isRefused(checkpoint("state.json"), "damaged-checkpoint", "rounds must be [0, 1], found [0]");
    }

    @Test
    void aStateWithoutItsFingerprintsIsRefused() throws IOException {
        changeState(state -> state.remove("ledger"));
        isRefused(checkpoint("state.json"), "damaged-checkpoint", "ledger and config_sha256 must be there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.npz", "optimizer.npz"})
    void numbersThatAreNoneAreRefused(String file) throws IOException {
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            String name = replaceFirstNumber(checkpoint(file), bad);

            isRefused(
                    checkpoint(file),
                    "damaged-checkpoint",
                    name + " must have finite numbers only, found " + bad + " as number 1");
        }
    }

    /** Returns the name of the array. */
    private static String replaceFirstNumber(Path npz, float value) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(EngineEnvironment.ENGINE)) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            try (InputStream in = Files.newInputStream(npz)) {
                NDList.decode(manager, in).forEach(array -> arrays.put(array.getName(), array));
            }
            Map.Entry<String, NDArray> first = arrays.entrySet().iterator().next();
            float[] values = first.getValue().toFloatArray();
            values[0] = value;
            first.getValue().set(values);
            try (OutputStream out = Files.newOutputStream(npz)) {
                NamedArrays.write(arrays, out);
            }
            return first.getKey();
        }
    }

    @Test
    void weightsThatAreGoneAreMissed() throws IOException {
        SafeFiles.delete(checkpoint("weights.npz"));

        isRefused(checkpoint("weights.npz"), "damaged-checkpoint", "there is no such file");
    }
}
