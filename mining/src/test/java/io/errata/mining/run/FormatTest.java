package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.detector.Detector;
import io.errata.mining.config.RunConfig;
import io.errata.mining.policy.HardNegatives;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of other versions: an earlier one's goes on, a later one's is told as that. See unfinished-run-of-format-1.txt. */
class FormatTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        InputStream packed = Objects.requireNonNull(getClass().getResourceAsStream("unfinished-run-of-format-1.zip"));
        try (ZipInputStream zip = new ZipInputStream(packed)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
    }

    private RunConfig config() {
        return RunConfig.loadWritten(folder.resolve("config.yaml"));
    }

    @Test
    void theKeysOfTheVersionBeforeAreUnderstood() {
        assertThat(config().mining().policy()).containsExactly(new HardNegatives(0, 3, 0.5));
        assertThat(config().mining().threshold()).isEqualTo(0.3);
        assertThat(config().boxLoss().weight()).isEqualTo(0.25);
    }

    @Test
    void anUnfinishedRunOfTheVersionBeforeGoesOn() throws IOException {
        RunFolder run = new RunFolder(folder);
        RunSummary before = run.readSummary();
        assertThat(before.format()).isEqualTo(1);
        assertThat(before.status()).isEqualTo("running");

        try (Detector detector = MiningRun.of(config()).resume(folder)) {
            assertThat(detector.classes()).containsExactly("parasite");
        }

        RunSummary after = run.readSummary();
        assertThat(after.format()).isEqualTo(RunSummary.FORMAT);
        assertThat(after.status()).isEqualTo("finished");
        assertThat(after.rounds()).hasSize(3).startsWith(before.rounds().get(0));
        assertThat(after.rounds().get(1).negatives().mined())
                .isEqualTo(before.rounds().get(0).hardAdded());
    }

    @Test
    void aFigureThatAnEarlierVersionDidNotHaveIsNaN() throws IOException {
        Path summary = folder.resolve("summary.json");
        Files.writeString(summary, Files.readString(summary).replaceAll("\"lamr\" : [\\d.]+", "\"ap75\" : 0"));
        Files.writeString(summary, Files.readString(summary).replaceAll(",\\s*\"ap75\" : 0", ""));

        RunSummary read = new RunFolder(folder).readSummary();

        assertThat(Objects.requireNonNull(read.best()).lamr()).isNaN();
        assertThat(read.rounds().get(0).figures().lamr()).isNaN();
        assertThat(read.rounds().get(0).figures().ap50()).isPositive();
    }

    @Test
    void aRunOfALaterVersionIsToldAsThat() throws IOException {
        for (String file : List.of("checkpoints/round-0/state.json", "summary.json")) {
            int newest = file.startsWith("checkpoints") ? Checkpoint.FORMAT : RunSummary.FORMAT;
            Path json = folder.resolve(file);
            Files.writeString(json, Files.readString(json).replaceFirst("\\{", "{\"format\": 7, \"new\": 1,"));

            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> {
                        new RunFolder(folder).readSummary();
                        MiningRun.of(config()).resume(folder).close();
                    })
                    .satisfies(e -> assertThat(e.problems())
                            .extracting(Problem::toString)
                            .containsExactly(json + ": format must be 1 to " + newest + ", found 7;"
                                    + " use the version of Errata that wrote it"));
        }
    }

    @Test
    void anEarlierVersionsJavaRunIsRecognised() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replaceFirst("- \"synthetic.*\"", "- \"api\""));

        assertThat(config().isOfUnknownObjects()).isTrue();
        assertThatExceptionOfType(InvalidInputException.class)
                .as("its images are nowhere but in Java")
                .isThrownBy(() -> MiningRun.of(config()))
                .withMessageContaining("MiningRun.resume");
    }
}
