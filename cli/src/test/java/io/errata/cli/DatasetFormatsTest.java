package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.format.AnnotationFormat;
import io.errata.datasets.format.AnnotationFormats;
import io.errata.datasets.format.DatasetSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats that commands list, CVAT's XML, and images without annotations. */
class DatasetFormatsTest {

    private static final String WRITTEN =
            AnnotationFormats.orList(AnnotationFormats.names(AnnotationFormats.writable()));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dataset", "dataset stats", "dataset validate", "dataset convert", "evaluate"})
    void helpNamesEveryForm(String command) {
        String help =
                CliOutput.by((command + " --help").split(" ")).succeeds().out().replaceAll("\\s+", "");

        assertThat(AnnotationFormats.all()).extracting(AnnotationFormat::form).allMatch(help::contains);
        assertThat(help).doesNotContain("${");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset convert", "dataset generate"})
    void helpNamesTheFormatsThatAreWritten(String command) {
        String help = CliOutput.by((command + " --help").split(" ")).succeeds().out();

        assertThat(help).contains(WRITTEN + ".").doesNotContain("${");
        assertThat(help.lines().skip(1)).allMatch(line -> line.length() <= 80);
    }

    @Test
    void theGuideHasEveryFormatAndWhatItCannotCarry() throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("errata.root", ".."), "docs/formats.md"));

        for (AnnotationFormat format : AnnotationFormats.all()) {
            assertThat(guide).contains("`" + format.form() + "`", "## " + format.name() + "\n");
        }
        String written = guide.substring(guide.indexOf("## Writing"));
        assertThat(AnnotationFormats.writable()).allMatch(format -> written.contains("| `" + format.name() + "` |"));
    }

    @Test
    void tellsWhichFormatsAreWritten() throws IOException {
        String spec = Pictures.ofCells(folder.resolve("in")).spec();

        assertThat(convert(spec, "cvta", "out").err())
                .startsWith("errata: ")
                .contains("must be " + WRITTEN + ", found cvta; did you mean cvat?");
        assertThat(convert(spec, "images", "out").err()).contains("found images, which is only read");
        assertThat(convert(spec, "CVAT", "out").succeeds().out()).contains("as cvat:");
    }

    @Test
    void convertsToCvatAndBack() throws IOException {
        String spec = Pictures.ofCells(folder.resolve("in")).spec();

        String cvat = written(convert(spec, "cvat", "cvat"));
        CliOutput.by("dataset", "validate", cvat).succeeds();
        String back = written(convert(cvat, "csv", "back"));

        Dataset original = DatasetSpec.parse(spec).read().orThrow();
        assertThat(objects(back)).isEqualTo(objects(spec)).hasSize(8);
        assertThat(DatasetSpec.parse(cvat).read().orThrow().classes()).isEqualTo(original.classes());
    }

    private static List<?> objects(String spec) {
        return DatasetSpec.parse(spec).read().orThrow().images().stream()
                .map(AnnotatedImage::objects)
                .toList();
    }

    @Test
    void drawsCvat() {
        Path out = folder.resolve("out");
        String[] arguments = {"dataset", "generate", "smear?images=2", "--format", "cvat", "--out", out.toString()};

        assertThat(written(CliOutput.by(arguments))).isEqualTo("cvat:" + out.resolve("annotations.xml"));
    }

    @Test
    void takesImagesWithoutAnnotationsAsBackground() throws IOException {
        Pictures.ofCells(folder.resolve("in"));
        String images = "images:" + folder.resolve("in");

        assertThat(CliOutput.by("dataset", "validate", images).succeeds().out())
                .contains("8 images, 0 boxes: nothing is wrong");
        assertThat(CliOutput.by("dataset", "stats", images).succeeds().out())
                .contains("images: 8 (8 without annotations), objects: 0, classes: 0")
                .contains("warning: the training images must hold at least one object");
        assertThat(DatasetSpec.parse(written(convert(images, "coco", "coco")))
                        .read()
                        .orThrow()
                        .images())
                .hasSize(8);
        convert(images, "yolo", "yolo").refuses("a data set in yolo must have at least one class, found none");
        Path config =
                Files.writeString(folder.resolve("a.yaml"), Pictures.TINY_RUN + "data: {train: '" + images + "'}\n");
        CliOutput.by("train", config.toString(), "--out", folder.resolve("run").toString())
                .refuses("the training images must hold at least one object");
    }

    @Test
    void tellsAFolderWithoutImages() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(CliOutput.by("dataset", "validate", "images:" + empty).out())
                .contains("folder must have an image in it or below", "1 problem");
        assertThat(CliOutput.by("dataset", "stats", "image:" + empty).err()).contains("did you mean images?");
    }

    private CliOutput convert(String spec, String format, String out) {
        return CliOutput.by("dataset", "convert", spec, "--to", format, "--out", "" + folder.resolve(out));
    }

    /** The SPEC that a command says its data are read back with. */
    private static String written(CliOutput said) {
        return said.succeeds().out().strip().replaceAll(".*, as ", "");
    }
}
