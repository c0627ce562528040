package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.errata.mining.run.RunFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that are stopped by a signal or by a disk that is full, and what they say and leave. */
@EnabledOnOs(OS.LINUX)
class InterruptedTest {

    /** Long enough to be stopped in its second round. */
    private static final String CONFIG = """
            training: {steps_per_round: 150, batch_size: 16}
            mining: {rounds: 2, threshold: 0.001}
            network: {widths: [16, 16, 16, 16, 16]}
            run: {threads: 1}
            """;

    @TempDir
    private static Path shared = Path.of("");

    private static Launched launched;
    private static String config = "";

    @TempDir
    private Path folder = Path.of("");

    private Path run = Path.of("");

    @BeforeAll
    static void trainALittle() throws Exception {
        launched = Launched.in(shared.resolve("installed"));
        config = Files.writeString(
                        shared.resolve("config.yaml"),
                        CONFIG + "data: {train: '"
                                + Pictures.ofCells(shared.resolve("data")).spec() + "'}\n")
                .toString();
        ProcessBuilder training = launched.program(
                "train",
                config,
                "--out",
                shared.resolve("trained").toString(),
                "--set",
                "training.steps_per_round=2",
                "--set",
                "mining.rounds=1");
        assertThat(Launched.status(training)).as(launched.err()).isZero();
    }

    @BeforeEach
    void nameRun() {
        run = folder.resolve("my run");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalTellsTheCommandThatGoesOn(String signal, int status) throws Exception {
        assumeThat(isIgnored(signal))
                .as("this process, and so its children, ignore it")
                .isFalse();
        Process training = launched.program("train", config, "--out", run.toString())
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (BufferedReader told = training.inputReader(StandardCharsets.UTF_8)) {
            for (String line = told.readLine(); ; line = told.readLine()) {
                assertThat(line).as(launched.err()).isNotNull();
                if (line.startsWith("round 0: scored")) {
                    break;
                }
            }
            assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(training.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(training.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            training.destroyForcibly();
        }
        assertThat(training.exitValue()).isEqualTo(status);
        assertThat(launched.err()).isEqualTo("errata: interrupted; go on with: errata train --resume '" + run + "'\n");
        assertThat(new RunFolder(run).readSummary().status()).isEqualTo("running");

        goesOnAsTold(launched.err());
    }

    private static boolean isIgnored(String signal) throws IOException {
        int number = signal.equals("INT") ? 2 : 15;
        String ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.replaceAll(".*\\s", ""))
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) >> (number - 1) & 1) == 1;
    }

    /** Gives the shell what the program said. */
    private void goesOnAsTold(String said) throws Exception {
        String command = said.strip().replaceAll("(?s).*go on with: ", "");

        assertThat(Launched.status(launched.shell(command))).as(launched.err()).isZero();

        assertThat(new RunFolder(run).readSummary().status()).isEqualTo("finished");
    }

    /** A limit of the size of files, in blocks of 512 bytes, stands for a disk that is full: the ledger has 24 KiB, the weights more. */
    @ParameterizedTest
    @CsvSource({"16, ledger.db", "80, checkpoints/round-0"})
    void aFullDiskIsToldWithTheFileAndTheCommandThatGoesOn(int blocks, String file) throws Exception {
        int status = Launched.status(
                launched.shell("ulimit -f " + blocks + "; errata train \"$1\" --out \"$2\"", config, run.toString()));

        assertThat(launched.err().lines())
                .singleElement()
                .asString()
                .startsWith("errata: " + run.resolve(file) + ": ")
                .endsWith("; go on with: errata train --resume '" + run + "'");
        assertThat(status).isEqualTo(1);
        goesOnAsTold(launched.err());
    }

    @Test
    void aKilledProcessLeavesNothingButTheRun() throws Exception {
        Launched fresh = Launched.in(folder.resolve("installed"));
        for (int kill = 0; kill < 2; kill++) {
            Path killed = folder.resolve("killed-" + kill);
            Process training = fresh.program("train", config, "--out", killed.toString())
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .start();
            try (BufferedReader told = training.inputReader(StandardCharsets.UTF_8)) {
                for (String line = told.readLine(); ; line = told.readLine()) {
                    assertThat(line).as(fresh.err()).isNotNull();
                    if (line.startsWith("round 0: scored")) {
                        break;
                    }
                }
            } finally {
                training.destroyForcibly();
            }
            assertThat(training.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(fresh.temporary()).isEmptyDirectory();
        try (Stream<Path> cached = Files.walk(fresh.cache().getParent())) {
            assertThat(cached.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .map(name -> name.replaceAll("^lib|\\.so$|\\d", ""))
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(List.of(".lock", "opencv_java", "sqlitejdbc", "jnidispatch"));
        }
    }

    /** Of hundreds of images each is told as it is found: what is told before the process is killed is not lost. */
    @Test
    void detectionsAreToldAsTheyAreFound() throws Exception {
        Path cut = Pictures.ofCells(folder.resolve("cut")).truncate("0.jpg").file("0.jpg");
        String good = shared.resolve("data/1.jpg").toString();
        String[] arguments = Stream.of(
                        Stream.of(
                                "detect",
                                shared.resolve("trained").toString(),
                                "--threshold",
                                "0",
                                "--json",
                                good,
                                cut.toString()),
                        Stream.generate(() -> good).limit(150))
                .flatMap(words -> words)
                .toArray(String[]::new);

        assertThat(Launched.status(launched.program(arguments))).isEqualTo(2);
        assertThat(launched.err().lines().filter(line -> !line.startsWith("images: ")))
                .singleElement()
                .asString()
                .contains("0.jpg: image must be a whole");
        assertThat(new CliOutput(2, launched.out(), "").json()).hasSize(151);

        Process detecting = launched.program(arguments)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (BufferedReader told = detecting.inputReader(StandardCharsets.UTF_8)) {
            while (!String.valueOf(told.readLine()).contains("\"width\"")) {
                assertThat(detecting.isAlive()).isTrue();
            }
        } finally {
            detecting.destroyForcibly();
        }
        assertThat(detecting.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(detecting.exitValue()).as("it had more to look at").isEqualTo(137);
    }
}
