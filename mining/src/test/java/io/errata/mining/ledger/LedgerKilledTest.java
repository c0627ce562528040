package io.errata.mining.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.detection.Corpora;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any instant leaves a file that opens and holds whole rounds. */
class LedgerKilledTest {

    private static final int KILLS = 5;

    @TempDir
    private Path folder;

    @Test
    void holdsWholeRoundsWhateverTheInstant() throws Exception {
        long seed = System.nanoTime();
        System.out.println("LedgerKilledTest: seed " + seed);
        Random random = new Random(seed);
        Path file = folder.resolve("ledger.db");
        int rounds = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int written = writeUntilKilled(file, rounds, random);
            rounds = wholeRounds(file);
            assertThat(rounds).as("the last round said to be written is there").isGreaterThanOrEqualTo(written);
            try (Ledger ledger = Ledger.resume(file, Corpora.corpus(LedgerWriter.DATASET), rounds, null)) {
                assertThat(ledger.size()).isEqualTo(rounds * LedgerWriter.MINED);
            }
        }
        assertThat(rounds).isGreaterThan(KILLS);
    }

    /** Returns how many rounds the process said that it had written, those before it included. */
    private static int writeUntilKilled(Path file, int rounds, Random random) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path", ".")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", "."),
                        LedgerWriter.class.getName(),
                        file.toString(),
                        String.valueOf(rounds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int written = rounds;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            int atLeast = rounds + 1 + random.nextInt(10);
            String line = output.readLine();
            while (line != null) {
                written = Integer.parseInt(line) + 1;
                if (written >= atLeast) {
                    Thread.sleep(0, random.nextInt(1_000_000));
                    process.destroyForcibly();
                    break;
                }
                line = output.readLine();
            }
            assertThat(line).as("the process ended by itself").isNotNull();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return written;
    }

    /** Reads the file as anybody could, and returns how many rounds it holds. */
    private static int wholeRounds(Path file) throws SQLException {
        Sqlite database = new Sqlite(file);
        assertThat(database.rows("PRAGMA integrity_check")).containsExactly("ok");
        int rounds =
                Integer.parseInt(database.rows("SELECT COUNT(*) FROM rounds").get(0));
        assertThat(database.rows("SELECT MAX(round) FROM rounds")).containsExactly(String.valueOf(rounds - 1));
        assertThat(database.rows("SELECT round FROM rounds r WHERE added <>"
                        + " (SELECT COUNT(*) FROM negatives n WHERE n.mined_in = r.round)"))
                .isEmpty();
        assertThat(database.rows("SELECT round FROM rounds r WHERE (round + 1) * " + LedgerWriter.MINED
                        + " <> (SELECT COUNT(*) FROM scores s WHERE s.round = r.round)"))
                .isEmpty();
        assertThat(database.rows("SELECT COUNT(*) FROM scores WHERE round >= " + rounds))
                .containsExactly("0");
        return rounds;
    }
}
