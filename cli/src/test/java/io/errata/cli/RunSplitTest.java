package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.Dataset;
import io.errata.datasets.format.DatasetSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSplitTest {

    @TempDir
    private Path folder = Path.of("");

    /** The two lists of a run part its data as the run did. */
    @Test
    void aRunWritesItsSplitDownAsLists() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        for (int i = 2; i < 5; i++) {
            pictures.object(i + ".jpg", "rare", 60, 4, 20);
        }
        String spec = pictures.spec();
        Path config = Files.writeString(folder.resolve("tiny.yaml"), Pictures.TINY_RUN);
        Path run = folder.resolve("run");
        CliOutput.by(
                        "train",
                        config.toString(),
                        "--out",
                        run.toString(),
                        "--set",
                        "data.train=" + spec,
                        "--set",
                        "data.split={fraction: 0.3, stratify: true}")
                .succeeds();

        Dataset train =
                DatasetSpec.parse(spec + "@" + run.resolve("train.txt")).read().orThrow();
        Dataset held = DatasetSpec.parse(spec + "@" + run.resolve("validation.txt"))
                .read()
                .orThrow();
        assertThat(train.images().size() + held.images().size()).isEqualTo(8);
        assertThat(train.images()).doesNotContainAnyElementsOf(held.images());
        assertThat(rare(train)).isEqualTo(2);
        assertThat(rare(held)).isEqualTo(1);
    }

    /** What the note of a run says can be pasted into its configuration, and then keeps recordings whole. */
    @Test
    void aRunProposesToKeepRecordingsWhole() throws IOException {
        Pictures pictures = Pictures.in(folder.resolve("data"));
        for (int i = 0; i < 12; i++) {
            String name = "ride_" + i % 4 + ".mp4_t_" + (50 + i) + ".jpg";
            pictures.image(name).object(name, "cell", 5 + 6 * i, 30, 20);
        }
        String config = Pictures.TINY_RUN + "data:\n  train: " + pictures.spec() + "\n";

        String said = train(config, "single");
        assertThat(said).contains("note: file names look like frames of 4 recordings");
        String proposed = said.substring(said.indexOf("data.split.group: ") + "data.split.group: ".length())
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(train(config + "  split:\n    group: " + proposed + "\n", "whole"))
                .doesNotContain("recordings");

        List<String> heldOut = Files.readAllLines(folder.resolve("whole/validation.txt"));
        assertThat(heldOut).hasSize(3);
        assertThat(heldOut.stream()
                        .map(name -> name.substring(0, name.indexOf('.')))
                        .distinct())
                .hasSize(1);
    }

    private String train(String config, String run) throws IOException {
        Path file = Files.writeString(folder.resolve(run + ".yaml"), config);
        return CliOutput.by(
                        "train", file.toString(), "--out", folder.resolve(run).toString())
                .succeeds()
                .out();
    }

    private static long rare(Dataset dataset) {
        return dataset.images().stream()
                .flatMap(image -> image.objects().stream())
                .filter(object -> object.label().equals("rare"))
                .count();
    }
}
