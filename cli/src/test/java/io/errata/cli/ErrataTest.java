package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.errata.core.geometry.Box;
import io.errata.detection.Detection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrataTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path folder;
    private Path config;

    @BeforeEach
    void writeConfiguration(@TempDir Path temporary) throws IOException {
        folder = temporary;
        config = Files.writeString(folder.resolve("run.yaml"), "data: {train: 'synthetic:smear'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "train --help",
                "evaluate -h",
                "detect --help",
                "doctor --help",
                "--version",
                "train -V"
            })
    void helps(String arguments) {
        assertThat(errata(arguments.split(" "))).isZero();
        assertThat(out.toString()).contains("errata");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void documentsTheExitStatus() {
        errata("train", "--help");
        assertThat(out.toString()).contains("Exit status:", "--resume", "--set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "trian",
                "train",
                "train a b",
                "train --st x=1",
                "train a --out",
                "evaluate",
                "evaluate m",
                "detect m",
                "doctor now",
                "train --resume r --set a.b=1",
                "train c --resume r"
            })
    void refusesWrongUsageInAFewLines(String arguments) {
        assertThat(errata(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("errata: ").contains("--help").doesNotContain("\tat ");
        assertThat(err.toString().lines().count()).isLessThan(5);
    }

    @Test
    void tellsEveryProblemOfTheConfigurationOnALine() {
        assertThat(errata("train", config.toString(), "--set", "mining.rounds=0", "--set", "run.sed=1"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactlyInAnyOrder(
                        "--set: mining.rounds: must be ≥ 1, found 0",
                        "--set: run.sed: unknown key; did you mean run.seed?");
    }

    @Test
    void writesOnlyToAbsentOrEmptyFolders() throws IOException {
        assertThat(errata("train", config.toString(), "--out", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("must be absent or empty");
        assertThat(errata("train", config.toString(), "--out", config + "/run")).isEqualTo(2);
        assertThat(err.toString()).contains("must be a folder, but " + config + " is a file");
    }

    @Test
    void resumesOnlyARun() {
        assertThat(errata("train", "--resume", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("config.yaml: --resume: there is no such file");
    }

    @Test
    void takesTheFirstFreeFolderForARun() throws IOException {
        assertThat(InputChecks.freeRun(folder, "bccd")).isEqualTo(folder.resolve("bccd"));
        Files.createDirectory(folder.resolve("bccd"));
        Files.createDirectory(folder.resolve("bccd-2"));
        assertThat(InputChecks.freeRun(folder, "bccd")).isEqualTo(folder.resolve("bccd-3"));
    }

    @Test
    void wantsImagesAndAModelThatAreThere() {
        String missing = folder.resolve("none.jpg").toString();
        assertThat(errata("detect", folder.resolve("run").toString(), missing, folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        folder.resolve("run") + ": MODEL: there is no such run or model folder",
                        missing + ": IMAGE: there is no such file",
                        folder + ": IMAGE: must be a file, found a folder; name the files in it");
    }

    @Test
    void neverDrawsOverAnImageOrAnotherDrawing() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        String first = Files.createFile(folder.resolve("a.png")).toString();
        String second = Files.createFile(other.resolve("a.jpg")).toString();
        assertThat(errata("detect", folder.toString(), first, second, "--out", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("would be drawn to the same file as", "would be replaced by a drawing");
    }

    @Test
    void tellsDetectionsInTheAgreedJson() throws JsonProcessingException {
        DetectedImage image =
                DetectedImage.of("a.jpg", 640, 480, List.of(new Detection("WBC", 0.5, new Box(1, 2, 3, 4.5))));
        assertThat(new ObjectMapper().writeValueAsString(List.of(image)))
                .isEqualTo("[{\"image\":\"a.jpg\",\"width\":640,\"height\":480,"
                        + "\"detections\":[{\"class\":\"WBC\",\"score\":0.5,\"box\":[1.0,2.0,3.0,4.5]}]}]");
    }

    @Test
    void findsThisMachineUsable() throws JsonProcessingException {
        assertThat(errata("doctor", "--json")).isZero();
        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.get("usable").asBoolean()).isTrue();
        assertThat(document.get("checks"))
                .hasSize(9)
                .allMatch(check -> check.get("ok").asBoolean());

        out.getBuffer().setLength(0);
        assertThat(errata("doctor")).isZero();
        assertThat(out.toString()).contains("PyTorch", "gradient", "This machine can run Errata.");
        assertThat(err.toString()).isEmpty();
    }

    private int errata(String... arguments) {
        return Errata.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
