package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not written is not done: a full device, a closed stdout, a pipe whose reader went away. */
@EnabledOnOs(OS.LINUX) // which has /dev/full
class StandardOutputTest {

    @TempDir
    private static Path folder = Path.of("");

    private static Launched launched;

    @BeforeAll
    static void train() throws IOException {
        launched = Launched.in(folder.resolve("installed"));
        Path config = Files.writeString(
                folder.resolve("tiny.yaml"),
                Pictures.TINY_RUN + "data: {train: '"
                        + Pictures.ofCells(folder.resolve("data")).spec() + "'}\n");
        CliOutput.by(
                        "train",
                        config.toString(),
                        "--out",
                        folder.resolve("run").toString(),
                        "--set",
                        "training.steps_per_round=40")
                .succeeds();
    }

    static Stream<String> commands() {
        return Stream.of(
                "--help",
                "--version",
                "dataset --help",
                "train tiny.yaml --out new",
                "ablate tiny.yaml --seeds 1 --arm --out compared",
                "ablate tiny.yaml --seeds 1 --arm --out compared-json --json",
                "evaluate run --data csv:data/objects.csv",
                "evaluate run --data csv:data/objects.csv --json",
                "detect run data/3.jpg data/4.jpg --threshold 0",
                "detect run data/3.jpg data/4.jpg --threshold 0 --json",
                "detect run data/3.jpg none.jpg --threshold 0 --json",
                "dataset stats csv:data/objects.csv",
                "dataset stats csv:data/objects.csv --json",
                "dataset validate csv:data/objects.csv",
                "dataset validate csv:data/objects.csv --json",
                "dataset convert csv:data/objects.csv --to coco --out converted",
                "dataset generate smear?images=1 --out drawn",
                "doctor",
                "doctor --json");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTellsThatItIsFull(String command) throws IOException {
        StringWriter err = new StringWriter();
        Writer full = new FileWriter("/dev/full", StandardCharsets.UTF_8); // not closed, which would write once more
        int status = Errata.run(full, err, arguments(command));

        assertThat(err.toString().lines().filter(line -> line.contains("stdout")))
                .containsExactly("errata: stdout cannot be written: No space left on device");
        assertThat(err.toString()).doesNotContain("\tat ");
        assertThat(status).isEqualTo(1);
    }

    /** With the names of files in the test's folder, and no value for an empty arm. */
    private static String[] arguments(String command) {
        return Stream.of(command.split(" "))
                .flatMap(word -> word.equals("--arm") ? Stream.of(word, "") : Stream.of(word))
                .map(word -> word.replace("csv:", "csv:" + folder + "/"))
                .map(word -> word.matches("(tiny|run|new|none|data/|compared|converted|drawn).*")
                        ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {">/dev/full", ">&-"})
    void aProcessTellsItInALine(String redirection) throws Exception {
        assertThat(Launched.status(launched.shell("errata --version " + redirection)))
                .isEqualTo(1);

        assertThat(launched.err().lines()).singleElement().asString().startsWith("errata: stdout cannot be written: ");
        assertThat(launched.out()).isEmpty();
    }

    @Test
    void aReaderThatWentAwayIsNotToldBack() throws Exception {
        Launched.status(launched.shell("{ errata --help; echo $? >&2; } | true"));

        assertThat(launched.err()).isEqualTo("1\n");
    }

    @Test
    void closedStreamsAreNoOtherFiles() throws Exception {
        assertThat(Launched.status(launched.shell("errata --version 2>&- <&-"))).isZero();
        assertThat(launched.out()).startsWith("errata ");
        assertThat(Launched.status(launched.shell("errata trian 2>&-"))).isEqualTo(2);
    }

    /** A writer that fails once, as a disk may, is not asked again. */
    @Test
    void whatFailedOnceStaysFailed() {
        StringWriter written = new StringWriter();
        Writer once = new Writer() {
            private boolean failed;

            @Override
            public void write(char[] text, int from, int length) throws IOException {
                if (!failed) {
                    failed = true;
                    throw new IOException("Input/output error");
                }
                written.write(text, from, length);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        StringWriter err = new StringWriter();

        assertThat(Errata.run(once, new PrintWriter(err, true), "--help")).isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo("errata: stdout cannot be written: Input/output error" + System.lineSeparator());
        assertThat(written.toString()).isEmpty();
        assertThat(List.of(err.toString().split("\n"))).hasSize(1);
    }
}
