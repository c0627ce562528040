package io.errata.mining.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import io.errata.detection.Corpora;
import io.errata.detection.refine.FalsePositive;
import io.errata.detection.scan.Scan;
import io.errata.detection.scan.ScoredWindows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final Dataset DATASET = Corpora.dataset(2, new int[] {64, 48}, new int[] {40, 30});
    private static final WindowCorpus CORPUS = Corpora.corpus(DATASET);
    private static final long A = WindowKey.of(0, 0, 3, 4);
    private static final long B = WindowKey.of(1, 1, 2, 5);
    private static final long C = WindowKey.of(1, 2, 0, 0);
    private static final ScoredWindows NONE = ScoredWindows.concat(List.of());
    private static final Scan.Report REPORT = new Scan.Report(1000, 7, 1.5);

    @TempDir
    private Path folder;

    private static ScoredWindows windows(long[] keys, float... scores) {
        return Corpora.scored(CORPUS, keys, scores);
    }

    /** A mined in round 0, B in round 1, C in round 2; A is learned in round 1 and forgotten in round 2. */
    private static void threeRounds(Ledger ledger) {
        ledger.record(0, 0.5, 1100, REPORT, windows(new long[] {A}, 0.9f), NONE, CORPUS);
        ledger.record(1, 0.5, 1099, REPORT, windows(new long[] {B}, 0.8f), windows(new long[] {A}, 0.5f), CORPUS);
        ledger.record(
                2, 0.5, 1098, REPORT, windows(new long[] {C}, 0.7f), windows(new long[] {A, B}, 0.6f, 0.1f), CORPUS);
    }

    @Test
    void isAFileThatAnyoneCanQuery() throws SQLException {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = Ledger.create(file, DATASET)) {
            threeRounds(ledger);
        }
        Sqlite database = new Sqlite(file);

        assertThat(database.rows("PRAGMA user_version")).containsExactly("2");
        assertThat(database.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
                .containsExactly("classes", "false_positives", "images", "negatives", "rounds", "scores");
        assertThat(database.rows("SELECT * FROM images")).containsExactly("0|image-0|64|48", "1|image-1|40|30");
        assertThat(database.rows("SELECT * FROM classes")).containsExactly("0|disc", "1|square", "2|star");
        assertThat(database.rows("SELECT * FROM rounds"))
                .containsExactly("0|0.5|1100|1000|7|1|1.5", "1|0.5|1099|1000|7|1|1.5", "2|0.5|1098|1000|7|1|1.5");
        assertThat(database.rows("SELECT key, image, level, row, col, x1, y1, x2, y2, mined_in FROM negatives"
                        + " WHERE mined_in = 0"))
                .containsExactly(A + "|0|0|3|4|4.0|2.0|12.0|10.0|0");
        assertThat(database.rows("SELECT max_iou FROM negatives WHERE mined_in = 1"))
                .containsExactly(String.valueOf(CORPUS.maxIou(B)));
        assertThat(database.rows("SELECT key, round, ROUND(score, 6), class FROM scores ORDER BY round, key"))
                .containsExactly(
                        A + "|0|0.9|0", A + "|1|0.5|0", B + "|1|0.8|0", A + "|2|0.6|0", B + "|2|0.1|0", C + "|2|0.7|0");
    }

    @Test
    void knowsWhatWasMinedAndWhatIsLearned() {
        try (Ledger ledger = Ledger.inMemory(DATASET)) {
            assertThat(ledger.size()).isZero();
            assertThat(ledger.mined().size()).isZero();
            assertThat(ledger.learned().size()).isZero();

            ledger.record(0, 0.5, 1100, REPORT, windows(new long[] {B, A}, 0.9f, 0.8f), NONE, CORPUS);
            assertThat(ledger.size()).isEqualTo(2);
            assertThat(ledger.mined().toArray()).containsExactly(A, B);
            assertThat(ledger.learned().size()).isZero();

            ledger.record(1, 0.5, 1098, REPORT, NONE, windows(new long[] {A, B}, 0.5f, 0.51f), CORPUS);
            assertThat(ledger.learned().toArray()).as("at the threshold").containsExactly(A);

            ledger.record(2, 0.5, 1098, REPORT, NONE, windows(new long[] {A, B}, 0.6f, 0.1f), CORPUS);
            assertThat(ledger.learned().toArray()).as("A was forgotten").containsExactly(B);
        }
    }

    @Test
    void aWindowMinedTwiceIsCountedOnceInTheRoundThatWasFirst() throws SQLException {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = Ledger.create(file, DATASET)) {
            ledger.record(0, 0.5, 1100, REPORT, windows(new long[] {A, A}, 0.9f, 0.9f), NONE, CORPUS);
            ledger.record(
                    1,
                    0.5,
                    1099,
                    REPORT,
                    windows(new long[] {A, B}, 0.7f, 0.8f),
                    windows(new long[] {A}, 0.7f),
                    CORPUS);

            assertThat(ledger.mined().toArray()).containsExactly(A, B);
        }
        assertThat(new Sqlite(file).rows("SELECT key, mined_in FROM negatives ORDER BY key"))
                .containsExactly(A + "|0", B + "|1");
        assertThat(new Sqlite(file).rows("SELECT round, added FROM rounds")).containsExactly("0|1", "1|1");
        assertThat(new Sqlite(file).rows("SELECT key, round FROM scores ORDER BY round, key"))
                .containsExactly(A + "|0", A + "|1", B + "|1");
    }

    @Test
    void aRoundThatCannotBeWrittenLeavesNothing() {
        try (Ledger ledger = Ledger.inMemory(DATASET)) {
            ledger.record(0, 0.5, 1100, REPORT, windows(new long[] {A}, 0.9f), NONE, CORPUS);
            ScoredWindows mined = windows(new long[] {B}, 0.9f);

            assertThatThrownBy(() -> ledger.record(0, 0.5, 1100, REPORT, mined, NONE, CORPUS))
                    .hasMessageContaining("rounds.round");

            ledger.record(1, 0.5, 1099, REPORT, NONE, NONE, CORPUS);
            assertThat(ledger.mined().toArray()).containsExactly(A);
        }
    }

    @Test
    void resumingForgetsTheRoundsFromThereOn() throws SQLException {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = Ledger.create(file, DATASET)) {
            threeRounds(ledger);
        }

        try (Ledger ledger = Ledger.resume(file, CORPUS, 3, null)) {
            assertThat(ledger.mined().toArray()).containsExactly(A, B, C);
            assertThat(ledger.learned().toArray()).containsExactly(B);
        }
        try (Ledger ledger = Ledger.resume(file, CORPUS, 2, null)) {
            assertThat(ledger.mined().toArray()).containsExactly(A, B);
            assertThat(ledger.learned().toArray()).containsExactly(A);
        }
        assertThat(new Sqlite(file).rows("SELECT round FROM rounds")).containsExactly("0", "1");
        assertThat(new Sqlite(file).rows("SELECT key, round FROM scores ORDER BY round, key"))
                .containsExactly(A + "|0", A + "|1", B + "|1");
        try (Ledger ledger = Ledger.resume(file, CORPUS, 0, null)) {
            assertThat(ledger.size()).isZero();
            threeRounds(ledger);
            assertThat(ledger.size()).isEqualTo(3);
        }
        assertThat(new Sqlite(file).rows("SELECT COUNT(*) FROM images")).containsExactly("2");
    }

    @Test
    void refusesAnotherVersionAndChangesNothing() throws SQLException {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = Ledger.create(file, DATASET)) {
            threeRounds(ledger);
        }
        new Sqlite(file).update("PRAGMA user_version = 7");

        assertThatThrownBy(() -> Ledger.resume(file, CORPUS, 0, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("version 1 to 2, found 7");
        assertThat(new Sqlite(file).rows("SELECT COUNT(*) FROM negatives")).containsExactly("3");
    }

    @Test
    void takesOverALedgerOfTheVersionBefore() throws SQLException {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = Ledger.create(file, DATASET)) {
            threeRounds(ledger);
        }
        Sqlite database = new Sqlite(file);
        database.update("DROP TABLE false_positives");
        database.update("PRAGMA user_version = 1");

        try (Ledger ledger = Ledger.resume(file, CORPUS, 2, null)) {
            assertThat(ledger.size()).isEqualTo(2);
            ledger.recordFalsePositives(List.of(), 0.5);
        }
        assertThat(database.rows("PRAGMA user_version")).containsExactly("2");
    }

    @Test
    void saysWhichStageABoxFools() throws SQLException {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = Ledger.create(file, DATASET)) {
            ledger.recordFalsePositives(List.of(new FalsePositive(0, 1, new Box(0, 0, 9, 9), 0, 0.9, 0.8)), 0.5);
            ledger.recordFalsePositives(
                    List.of(
                            new FalsePositive(0, 1, new Box(1, 2, 3, 4), 0.25, 0.75, 0.5),
                            new FalsePositive(1, 2, new Box(5, 6, 7, 8), 0, 0.5, 0.75),
                            new FalsePositive(1, 2, new Box(5, 6, 7, 8), 0, 0.5, 0.5)),
                    0.5);
        }
        assertThat(new Sqlite(file).rows("SELECT * FROM false_positives"))
                .containsExactly("0|1.0|2.0|3.0|4.0|0.25|1|0.75|0.5|1", "1|5.0|6.0|7.0|8.0|0.0|2|0.5|0.75|2");
    }

    @Test
    void refusesAFileThatIsNoLedger() throws IOException {
        Path file = folder.resolve("ledger.db");
        Files.writeString(file, "a shopping list, long enough to be more than a header of an SQLite file".repeat(20));
        Path empty = Files.createFile(folder.resolve("empty.db"));

        for (Path bad : List.of(file, empty, folder)) {
            assertThatThrownBy(() -> Ledger.resume(bad, CORPUS, 0, null))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(bad + ": ")
                    .hasMessageContaining("ledger");
        }
        assertThat(file).content().startsWith("a shopping list");
    }

    @Test
    void refusesToResumeWhatIsNotThereAndMakesNothing() {
        Path file = folder.resolve("none.db");

        assertThatThrownBy(() -> Ledger.resume(file, CORPUS, 0, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesToOverwrite() throws SQLException {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = Ledger.create(file, DATASET)) {
            threeRounds(ledger);
        }

        assertThatThrownBy(() -> Ledger.create(file, DATASET))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file + ": ")
                .hasMessageContaining("must not exist");
        assertThat(new Sqlite(file).rows("SELECT COUNT(*) FROM negatives")).containsExactly("3");
    }

    @Test
    void foldersMayHaveStrangeNames() throws IOException {
        Path strange = Files.createDirectory(folder.resolve("what? 100% of #1 & ü"));
        Path file = strange.resolve("ledger?cache=shared.db");

        try (Ledger ledger = Ledger.create(file, DATASET)) {
            threeRounds(ledger);
        }

        assertThat(file).exists();
        try (Ledger ledger = Ledger.resume(file, CORPUS, 1, null)) {
            assertThat(ledger.size()).isEqualTo(1);
        }
    }
}
