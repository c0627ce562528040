package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.ChildJvm;
import io.errata.detection.detector.Detector;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run's folder is worked on by one at a time. */
class RunLockTest {

    private static final MiningRun RUN = TinyRun.create().withRounds(2);

    @TempDir
    private Path temporary;

    @Test
    void twiceInOneProcessIsRefused() throws IOException {
        Path folder = temporary.resolve("run");
        List<String> kinds = new ArrayList<>();
        MiningRun nested = RUN.withListener(new RunListener() {
            @Override
            public void stepped(int round, int step, int steps) {
                if (step == 3) {
                    kinds.add(refused(() -> RUN.resume(folder)));
                    kinds.add(refused(() -> RUN.train(folder)));
                }
            }
        });

        RunFolder run = TinyRun.train(nested, folder);

        assertThat(kinds).containsExactly("folder-locked", "run-folder", "folder-locked", "run-folder");
        assertSame(run, TinyRun.train(RUN, temporary.resolve("alone")));
        TinyRun.resume(RUN, folder);
    }

    private static String refused(Runnable second) {
        try {
            second.run();
            return "not refused";
        } catch (InvalidInputException e) {
            return e.problems().get(0).kind();
        }
    }

    private static void assertSame(RunFolder run, RunFolder alone) throws IOException {
        assertThat(TinyRun.untimed(run)).isEqualTo(TinyRun.untimed(alone));
        assertThat(Files.readAllLines(run.metrics())).hasSameSizeAs(Files.readAllLines(alone.metrics()));
    }

    /** Which is stopped meanwhile, so that what the other would have written can be seen. Killed, it leaves no lock. */
    @Test
    void besideAnotherProcessIsRefusedUntilThatIsKilled() throws Exception {
        Path folder = temporary.resolve("run");
        ProcessBuilder program = ChildJvm.of(Training.class, "-Xmx256m", "-XX:TieredStopAtLevel=1");
        program.command().add(folder.toString());
        Process other = program.start();
        try (BufferedReader told = other.inputReader(StandardCharsets.UTF_8)) {
            assertThat(told.readLine()).isEqualTo("training");
            List<String> before = listing(folder);
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> RUN.resume(folder))
                    .satisfies(e -> assertThat(e.problems())
                            .extracting(Problem::toString)
                            .containsExactly(folder
                                    + ": another process works on this run now; wait until it ends, or stop it first"));
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> RunFolder.requireResumable(folder))
                    .withMessageContaining("another process works on this run now");
            assertThat(refused(() -> RUN.train(folder))).isEqualTo("run-folder");
            assertThat(listing(folder)).isEqualTo(before);
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertSame(TinyRun.resume(RUN, folder), TinyRun.train(RUN, temporary.resolve("alone")));
    }

    private static List<String> listing(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<String> files = new ArrayList<>();
            for (Path path : all.sorted().toList()) {
                files.add(path + " " + Files.size(path) + " " + Files.getLastModifiedTime(path));
            }
            return files;
        }
    }

    @Test
    void aRunMayBeginWhereAnotherWasKilledAtOnce() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("run"));
        Files.createFile(folder.resolve(".lock"));
        Files.writeString(folder.resolve(".config.yaml.new"), "data:");

        TinyRun.train(RUN.withRounds(1), folder);

        Files.delete(folder.resolve("config.yaml"));
        assertThat(refused(() -> RUN.train(folder))).isEqualTo("run-folder");
    }

    /** Trains two steps, and then waits to be killed. */
    static final class Training {

        private Training() {}

        public static void main(String... arguments) {
            MiningRun waiting = RUN.withListener(new RunListener() {
                @Override
                public void stepped(int round, int step, int steps) {
                    if (step == 2) {
                        System.out.println("training");
                        try {
                            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }
            });
            try (Detector trained = waiting.train(Path.of(arguments[0]))) {
                System.out.println("done");
            }
        }
    }
}
