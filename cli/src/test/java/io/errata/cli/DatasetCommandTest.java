package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.format.AnnotationFormats;
import io.errata.datasets.format.DatasetSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code errata dataset convert} and {@code errata dataset generate}. */
class DatasetCommandTest {

    @TempDir
    Path folder;

    static List<String> formats() {
        return AnnotationFormats.names(AnnotationFormats.writable());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void convertsAndTellsWhatReadsItBack(String format) throws IOException {
        String spec = Pictures.ofCells(folder.resolve("in")).spec();
        Path out = folder.resolve("out/" + format);

        CliOutput said = CliOutput.by("dataset", "convert", spec, "--to", format, "--out", out.toString())
                .succeeds();

        assertThat(said.out()).startsWith("8 images with 8 objects, as " + format + ":" + out);
        assertThat(said.out().lines()).hasSize(1);
        Dataset read = DatasetSpec.parse(said.out().strip().replaceAll(".*, as ", ""))
                .read()
                .orThrow();
        Dataset original = DatasetSpec.parse(spec).read().orThrow();
        assertThat(read.classes()).containsExactly("cell");
        assertThat(read.images()).hasSize(8);
        for (int i = 0; i < 8; i++) {
            AnnotatedImage image = read.images().get(i);
            assertThat(image.name()).endsWith(i + ".jpg");
            double x = original.images().get(i).objects().get(0).box().x1();
            assertThat(image.objects().get(0).box().x1()).isBetween(x - 1e-6, x + 1e-6);
        }
    }

    @Test
    void linksToImagesRatherThanCopyThem() throws IOException {
        String spec = Pictures.ofCells(folder.resolve("in")).spec();
        Path out = folder.resolve("out");

        CliOutput.by("dataset", "convert", spec, "--to", "coco", "--out", out.toString(), "--link")
                .succeeds();

        assertThat(Files.readSymbolicLink(out.resolve("images/0.jpg")))
                .isEqualTo(folder.resolve("in/0.jpg").toRealPath());
    }

    @Test
    void tellsBadDataOrLeavesItOut() throws IOException {
        String spec = Pictures.in(folder.resolve("in"))
                .image("a.jpg")
                .object("a.jpg", "cell", 10, 10, 20)
                .object("a.jpg", "cell", 50, 50, 0)
                .object("a.jpg", "cell", 80, 80, 40)
                .spec();
        String out = folder.resolve("out").toString();

        CliOutput.by("dataset", "convert", spec, "--to", "yolo", "--out", out)
                .refuses("must have an area > 0", "must lie within its image");
        assertThat(folder.resolve("out")).doesNotExist();
        CliOutput said = CliOutput.by("dataset", "convert", spec, "--to", "yolo", "--out", out, "--skip-bad")
                .succeeds();

        assertThat(said.err().lines()).hasSize(2).allMatch(line -> line.startsWith("errata: left out: "));
        assertThat(said.out().lines()).hasSize(2);
        assertThat(said.out())
                .contains("1 images with 1 objects", "1 objects to be ignored are left out, as yolo has no");
    }

    @Test
    void drawsASyntheticSetIntoFiles() {
        Path out = folder.resolve("out");

        CliOutput said = CliOutput.by(
                        "dataset",
                        "generate",
                        "smear?images=3&seed=5",
                        "--set",
                        "width=96",
                        "--set",
                        "height=100",
                        "--out",
                        "" + out)
                .succeeds();

        Dataset drawn = DatasetSpec.parse("synthetic:smear?images=3&seed=5&width=96&height=100")
                .read()
                .orThrow();
        Dataset read = DatasetSpec.parse("coco:" + out.resolve("annotations.json"))
                .read()
                .orThrow();
        assertThat(said.out()).contains("coco:" + out.resolve("annotations.json"));
        assertThat(read.images()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(read.images().get(i).name())
                    .isEqualTo(drawn.images().get(i).name());
            assertThat(read.images().get(i).source().read().rgb())
                    .isEqualTo(drawn.images().get(i).source().read().rgb());
            assertThat(read.images().get(i).objects())
                    .hasSameSizeAs(drawn.images().get(i).objects());
        }
    }

    @Test
    void tellsAllMistakesTogether() throws IOException {
        Files.createFile(folder.resolve("file"));
        CliOutput.by("dataset", "generate", "smaer", "--out", folder.toString())
                .refuses("--out: must be absent or empty", "did you mean smear?");
        CliOutput.by("dataset", "generate", "smear", "--set", "imags=3", "--set", "seed=x", "--out", folder + "/new")
                .refuses("seed must be a whole number", "did you mean images?");
        CliOutput.by("dataset", "convert", "voc:" + folder.resolve("none"), "--to", "csv", "--out", folder + "/new")
                .refuses("folder must exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dataset",
                "dataset convert",
                "dataset convert voc:a --to coco",
                "dataset convert voc:a --to tfrecord --out o",
                "dataset generate --out o"
            })
    void refusesWrongUsageInAFewLines(String arguments) {
        CliOutput said = CliOutput.by(arguments.split(" "));
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err()).startsWith("errata: ").contains("--help").doesNotContain("\tat ");
        assertThat(said.err().lines().count()).isLessThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset --help", "dataset convert --help", "dataset generate -h"})
    void helps(String arguments) {
        assertThat(CliOutput.by(arguments.split(" ")).succeeds().out()).contains("errata dataset");
    }
}
