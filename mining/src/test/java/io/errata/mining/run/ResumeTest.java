package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.detection.ChildJvm;
import io.errata.detection.detector.Detector;
import io.errata.detection.files.SafeFiles;
import io.errata.mining.config.RunConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was interrupted and goes on gives the same numbers as one that was not. */
class ResumeTest {

    private static final MiningRun RUN = TinyRun.create();

    @TempDir
    private static Path folder;

    private static RunFolder whole;

    @BeforeAll
    static void trainWithoutInterruption() {
        whole = TinyRun.train(RUN, folder.resolve("whole"));
    }

    @Test
    void goesOnAfterARound(@TempDir Path other) throws IOException, SQLException {
        Path interrupted = other.resolve("run");
        interrupt(interrupted, 1, -1);
        assertThat(new RunFolder(interrupted).readSummary().status()).isEqualTo("running");

        assertSame(TinyRun.resume(RUN, interrupted));
    }

    @Test
    void doesAHalfDoneRoundAgain(@TempDir Path other) throws IOException, SQLException {
        Path interrupted = other.resolve("run");
        interrupt(interrupted, 2, 7);

        assertSame(TinyRun.resume(RUN, interrupted));
    }

    /** Losses that keep counts, margins that take on weights late, outputs learned anew at the end. */
    @ParameterizedTest
    @ValueSource(strings = {"loss.type=ghm box_loss.type=ghm", "loss.type=ldam", "training.refit_head=smote"})
    void losesNothingOfWhatTrainingRemembers(String settings, @TempDir Path other) throws IOException {
        MiningRun training = RUN.with(settings.split(" ")).withRounds(2);
        RunFolder uninterrupted = TinyRun.train(training, other.resolve("whole"));
        Path interrupted = other.resolve("run");
        interrupt(training, interrupted, 0, -1);

        RunFolder resumed = TinyRun.resume(training, interrupted);

        assertThat(TinyRun.untimed(resumed)).isEqualTo(TinyRun.untimed(uninterrupted));
        assertThat(TinyRun.arrays(resumed.model().resolve("weights.npz")))
                .usingRecursiveComparison()
                .isEqualTo(TinyRun.arrays(uninterrupted.model().resolve("weights.npz")));
    }

    @Test
    void beginsAgainWhereNoRoundWasDone(@TempDir Path other) throws IOException, SQLException {
        Path interrupted = other.resolve("run");
        interrupt(interrupted, 0, 3);

        assertSame(TinyRun.resume(RUN, interrupted));
    }

    @Test
    void aFinishedRunStaysAsItIs(@TempDir Path other) throws IOException, SQLException {
        Path finished = other.resolve("run");
        TinyRun.train(RUN, finished);

        assertSame(TinyRun.resume(RUN, finished));
    }

    /**
     * In processes of their own, killed without warning ten times, with a round's patches in memory and in a file; what is left goes on
     * to the same figures.
     */
    @ParameterizedTest
    @ValueSource(strings = {"run.cache_mb=256", "run.cache_mb=0"})
    void survivesBeingKilledAtAnyInstant(String memory, @TempDir Path other) throws Exception {
        long seed = System.nanoTime();
        System.out.println("Killing at random with seed " + seed);
        Random random = new Random(seed);
        Path killed = other.resolve("run");
        for (int kill = 0; kill < 10; kill++) {
            int events = random.nextInt(8);
            int milliseconds = random.nextInt(100);
            int seen = runAndKill(killed, memory, events, milliseconds);
            System.out.printf("Killed %d ms after event %d (%d seen)%n", milliseconds, events, seen);
        }

        MiningRun run = RUN.with(memory);
        assertSame(
                Files.exists(killed.resolve("config.yaml")) ? TinyRun.resume(run, killed) : TinyRun.train(run, killed));
        assertThat(new RunFolder(killed).patches()).doesNotExist();
    }

    @Test
    void otherDataAreRefused(@TempDir Path other) {
        Path interrupted = other.resolve("run");
        interrupt(interrupted, 1, -1);
        Dataset fewer = TinyRun.TRAIN.filter(image -> !image.name().equals("smear-0001.png"));
        Dataset bare = new Dataset(
                TinyRun.TRAIN.classes(),
                TinyRun.TRAIN.images().stream()
                        .map(image -> image.name().equals("smear-0001.png") ? image.withObjects(List.of()) : image)
                        .toList());

        refuses(MiningRun.on(fewer).withValidation(TinyRun.VALIDATION), interrupted);
        refuses(MiningRun.on(bare).withValidation(TinyRun.VALIDATION), interrupted);
        refuses(MiningRun.on(TinyRun.TRAIN).withValidation(TinyRun.TRAIN), interrupted);
    }

    @Test
    void otherSettingsAreRefused(@TempDir Path other) {
        Path interrupted = other.resolve("run");
        interrupt(interrupted, 1, -1);

        refuses(RUN.withRounds(7), interrupted, "settings-changed");
    }

    @Test
    void aLedgerThatIsGoneIsMissed(@TempDir Path other) throws IOException {
        Path interrupted = other.resolve("run");
        interrupt(interrupted, 1, -1);
        SafeFiles.delete(new RunFolder(interrupted).ledger());

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RUN.resume(interrupted))
                .withMessageContaining("ledger");
    }

    @Test
    void whatIsNoRunIsRefused(@TempDir Path other) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RUN.resume(other))
                .withMessageContaining("found no config.yaml there");
    }

    private static void refuses(MiningRun changed, Path interrupted) {
        RunConfig own = RunConfig.load(new RunFolder(interrupted).config(), List.of());
        refuses(changed.withConfig(own), interrupted, "data-changed");
    }

    private static void refuses(MiningRun run, Path interrupted, String kind) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> run.resume(interrupted))
                .satisfies(
                        e -> assertThat(e.problems()).extracting(Problem::kind).containsExactly(kind));
    }

    /** Trains until a step of a round (or, with −1, the end of it) and then fails. */
    private static void interrupt(Path run, int round, int step) {
        interrupt(RUN, run, round, step);
    }

    private static void interrupt(MiningRun training, Path run, int round, int step) {
        RunListener failing = new RunListener() {
            @Override
            public void stepped(int at, int done, int steps) {
                if (at == round && done == step) {
                    throw new Interruption();
                }
            }

            @Override
            public void finished(RoundResult result) {
                if (result.round() == round && step < 0) {
                    throw new Interruption();
                }
            }
        };
        assertThatThrownBy(() -> training.withListener(failing).train(run)).isInstanceOf(Interruption.class);
    }

    /** Everything but what a clock measured. */
    private static void assertSame(RunFolder resumed) throws IOException, SQLException {
        assertThat(TinyRun.untimed(resumed)).isEqualTo(TinyRun.untimed(whole));
        assertThat(TinyRun.finalWeights(resumed)).usingRecursiveComparison().isEqualTo(TinyRun.finalWeights(whole));
        assertThat(TinyRun.arrays(resumed.model().resolve("weights.npz")))
                .usingRecursiveComparison()
                .isEqualTo(TinyRun.arrays(whole.model().resolve("weights.npz")));
        assertThat(Files.readString(resumed.model().resolve("model.json")))
                .isEqualTo(Files.readString(whole.model().resolve("model.json")));
        assertThat(Files.readAllLines(resumed.metrics())).hasSameSizeAs(Files.readAllLines(whole.metrics()));
        assertThat(rows(resumed)).isEqualTo(rows(whole));
    }

    /** What the ledger says of every negative in every round. */
    private static String rows(RunFolder run) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + run.ledger());
                Statement statement = ledger.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT n.key, n.mined_in, s.round, s.score, s.class FROM negatives n JOIN scores s"
                                + " ON n.key = s.key ORDER BY n.key, s.round")) {
            while (result.next()) {
                for (int column = 1; column <= 5; column++) {
                    rows.append(result.getString(column)).append(' ');
                }
                rows.append('\n');
            }
        }
        assertThat(rows).isNotEmpty();
        return rows.toString();
    }

    /** Returns how many events the process told before it was killed or done. */
    private static int runAndKill(Path run, String setting, int events, int milliseconds)
            throws IOException, InterruptedException {
        ProcessBuilder program = ChildJvm.of(Child.class, "-Xmx256m", "-XX:TieredStopAtLevel=1");
        program.command().addAll(List.of(run.toString(), setting));
        Process child = program.start();
        int seen = 0;
        try (BufferedReader told =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = told.readLine(); line != null && seen < events; line = told.readLine()) {
                seen += line.equals("event") ? 1 : 0;
            }
            Thread.sleep(milliseconds);
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return seen;
    }

    /** Trains, or goes on, and prints a line for everything that happens. */
    static final class Child {

        private Child() {}

        public static void main(String... arguments) {
            Path run = Path.of(arguments[0]);
            MiningRun told = TinyRun.create().with(arguments[1]).withListener(new RunListener() {
                @Override
                public void cut(int round, int patches, double seconds) {
                    System.out.println("event");
                }

                @Override
                public void stepped(int round, int step, int steps) {
                    System.out.println("event");
                }

                @Override
                public void validating(int round) {
                    System.out.println("event");
                }

                @Override
                public void finished(RoundResult result) {
                    System.out.println("event");
                }
            });
            boolean begun = Files.exists(run.resolve("config.yaml"));
            try (Detector trained = begun ? told.resume(run) : told.train(run)) {
                System.out.println("done");
            }
        }
    }

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
