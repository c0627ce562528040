package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.Split;
import io.errata.datasets.format.DatasetSpec;
import io.errata.mining.run.RunFolder;
import io.errata.mining.run.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can do wrong with {@code errata train}. */
class TrainMistakesTest {

    private Path folder = Path.of("");
    private Path run = Path.of("");

    @BeforeEach
    void choosePlaces(@TempDir Path temporary) {
        folder = temporary;
        run = folder.resolve("runs/one");
    }

    private CliOutput train(String spec, String... sets) throws IOException {
        return CliOutput.by(arguments(spec, sets));
    }

    /** A run of two tiny steps. */
    private String[] arguments(String spec, String... sets) throws IOException {
        Path config = Files.writeString(folder.resolve("tiny.yaml"), Pictures.TINY_RUN);
        Stream<String> overrides = Stream.concat(Stream.of("data.train=" + spec), Stream.of(sets))
                .flatMap(set -> set.startsWith("--") ? Stream.of(set) : Stream.of("--set", set));
        return Stream.concat(Stream.of("train", config.toString(), "--out", run.toString()), overrides)
                .toArray(String[]::new);
    }

    private void refuses(CliOutput said, String... lines) {
        said.refuses(lines);
        assertThat(run).doesNotExist();
    }

    private RunSummary summary() throws IOException {
        return new RunFolder(run).readSummary();
    }

    @Test
    void namesAMissingConfiguration() {
        refuses(CliOutput.by("train", "none.yaml", "--out", run.toString()), "none.yaml: there is no such file");
    }

    @Test
    void tellsProblemsOfConfigurationAndFolderTogether() throws IOException {
        Path used = Files.writeString(folder.resolve("file"), "");
        Path config = Files.writeString(folder.resolve("bad.yaml"), "data:\n  train: synthetic:smear\n  clases: [x]\n");
        CliOutput said = CliOutput.by("train", config.toString(), "--out", used.toString());
        said.refuses("must be a folder", config + ":3: data.clases: unknown key; did you mean data.classes?");
        assertThat(folder).isDirectoryNotContaining("glob:**/checkpoints");
    }

    @Test
    void tellsEveryDataSetThatIsNotThere() throws IOException {
        CliOutput said = train(
                "[voc:" + folder.resolve("none") + ", 'what:x']", "data.validation=csv:" + folder.resolve("none.csv"));
        assertThat(said.err()).contains(folder.resolve("none").toString(), "what:x", "none.csv");
        assertThat(said.status()).isEqualTo(2);
        assertThat(run).doesNotExist();
    }

    @Test
    void tellsBadImagesAndBoxesWithFileAndLine() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        pictures.object("0.jpg", "cell", 90, 90, 20).background("gone.jpg");
        Files.writeString(pictures.file("1.jpg"), "no image");
        refuses(
                train(pictures.spec()),
                "objects.csv:10: box must lie within its image of 96 × 96",
                "1.jpg: image must be a whole",
                "gone.jpg: image file must exist");
    }

    @Test
    void tellsTruncatedImagesAndObjectsOutOfReachTogether() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        pictures.truncate("2.jpg").truncate("3.jpg").image("8.jpg").object("8.jpg", "dot", 40, 40, 10);
        refuses(
                train(
                        pictures.spec(),
                        "windows.smallest=18",
                        "windows.largest=25",
                        "data.validation=synthetic:smear",
                        "data.classes=[cell]"),
                "data.validation: must have at least one of the classes [cell]");
        String validation = Pictures.ofCells(folder.resolve("validation")).spec();
        refuses(
                train(pictures.spec(), "windows.smallest=18", "windows.largest=25", "data.validation=" + validation),
                "8.jpg: object 1 (dot, at x 40, y 40) must be within reach of the windows, found 10 × 10 pixels, smaller than windows.smallest=18",
                "2.jpg: image must be a whole",
                "3.jpg: image must be a whole");
    }

    @Test
    void goesOnWithoutWhatIsBadWhereAskedTo() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        pictures.truncate("2.jpg").object("0.jpg", "cell", 90, 90, 20).image("8.jpg");
        pictures.object("8.jpg", "cell", 40, 40, 10).background("gone.jpg");
        CliOutput said = train(pictures.spec(), "windows.smallest=18", "windows.largest=25", "--skip-bad")
                .succeeds();
        assertThat(said.out()).contains("left out as bad: 3", "model: " + run.resolve("model"));
        assertThat(summary().skipped()).isEqualTo(3);
        assertThat(summary().images().training() + summary().images().validation())
                .isEqualTo(8);
    }

    @Test
    void wantsClassesThatAreThere() throws IOException {
        String spec = Pictures.ofCells(folder.resolve("data")).spec();
        refuses(
                train(spec, "data.classes=[nope, cell, none]"),
                "data.classes: must name classes of the training data, [cell], found nope",
                "found none");
    }

    @Test
    void wantsObjectsOfEveryClassOnTheTrainingSideOfASplit() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        String heldOut = heldOut(pictures).get(0);
        refuses(
                train(pictures.object(heldOut, "rare", 70, 5, 20).spec()),
                "data.classes: every class must have at least one object on the training images, found 1 of 2 classes without"
                        + " (rare); 1 of these have objects on the validation images: hold images out by data.split.stratify=true");
    }

    @Test
    void wantsObjectsOnTheValidationSideOfASplit() throws IOException {
        List<String> heldOut = heldOut(Pictures.ofCells(folder.resolve("data")));
        Pictures pictures = Pictures.in(folder.resolve("other"));
        for (int i = 0; i < 8; i++) {
            String name = i + ".jpg";
            pictures.image(name);
            if (heldOut.contains(name)) {
                pictures.background(name);
            } else {
                pictures.object(name, "cell", 30, 30, 20);
            }
        }
        refuses(
                train(pictures.spec()),
                "the validation images must hold at least one object of the classes [cell], found none on "
                        + heldOut.size() + " images; hold out more by data.split.fraction");
    }

    /** The images that a run holds out where nothing is said of it. */
    private static List<String> heldOut(Pictures pictures) throws IOException {
        Dataset all = DatasetSpec.parse(pictures.spec()).read().orThrow();
        return Split.fraction(0.2).of(all).heldOut().images().stream()
                .map(AnnotatedImage::name)
                .toList();
    }

    @Test
    void wantsObjectsToTrainAndToValidateOn() throws IOException {
        Pictures empty = Pictures.in(folder.resolve("empty"));
        for (int i = 0; i < 4; i++) {
            empty.image(i + ".jpg", i).background(i + ".jpg");
        }
        refuses(train(empty.spec()), "the training images must hold at least one object, found none on 3 images");
        Pictures cells = Pictures.ofCells(folder.resolve("data"));
        refuses(
                train(cells.spec(), "data.validation=" + empty.spec()),
                "data.validation: must have at least one of the classes [cell] that are trained, found []");
        Pictures one = Pictures.in(folder.resolve("one")).image("a.jpg").object("a.jpg", "cell", 5, 5, 20);
        refuses(train(one.spec()), "a split must have at least 2 images to part, found 1");
    }

    @Test
    void wantsADeviceThatIsThere() throws IOException {
        String spec = Pictures.ofCells(folder.resolve("data")).spec();
        refuses(train(spec, "run.device=gpu:97"), "run.device: asks for gpu:97, but the engine sees");
    }

    @Test
    void wantsANetworkAndWindowsThatCanBeMade() throws IOException {
        String spec = Pictures.ofCells(folder.resolve("data")).spec();
        refuses(train(spec, "network.widths=[4]"), "network.widths must have at least 5 numbers");
        refuses(
                train(spec, "windows.patch=16", "windows.stride=8", "network.widths=[4,4,4,4,4,4,4]"),
                "windows.patch must be");
        refuses(
                train(spec, "windows.smallest=0.00001", "windows.largest=1000000", "windows.scales_per_octave=8"),
                "must make at most 256 levels, found 293");
        refuses(train(spec, "windows.smallest=0.01"), "raise windows.smallest");
    }

    @Test
    void wantsAFolderThatIsEmptyAndCanBeWritten() throws IOException {
        String spec = Pictures.ofCells(folder.resolve("data")).spec();
        Path mine = Files.writeString(Files.createDirectories(run).resolve("mine.txt"), "mine");
        train(spec).refuses("--out: must be absent or empty, found files in it; name another one");
        assertThat(run).isDirectoryContaining("glob:**/mine.txt");
        assertThat(mine).hasContent("mine");
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "/proc is not there");
        run = Path.of("/proc/errata-run");
        refuses(train(spec), run + ": ");
    }

    @Test
    void resumesOnlyWhatIsARun() throws IOException {
        CliOutput.by("train", "--resume", run.toString()).refuses("config.yaml: --resume: there is no such file");
        Files.createDirectories(run);
        CliOutput.by("train", "--resume", run.toString()).refuses("config.yaml: --resume: there is no such file");
        assertThat(run).isEmptyDirectory();
    }

    @Test
    void resumesAFinishedRunWithoutChangingIt() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        train(pictures.spec()).succeeds();
        RunSummary before = summary();
        assertThat(before.device()).isIn("cpu", "gpu:0");
        CliOutput said = CliOutput.by("train", "--resume", run.toString()).succeeds();
        assertThat(said.out()).contains("stopped: " + before.stopReason());
        assertThat(summary()).isEqualTo(before);

        pictures.object("3.jpg", "cell", 70, 70, 20).spec();
        CliOutput.by("train", "--resume", run.toString()).refuses("only on the data it was begun with");
    }

    @Test
    void resumesFromTheBeginningWithoutACheckpointButNotFromADamagedOne() throws IOException {
        train(Pictures.ofCells(folder.resolve("data")).spec()).succeeds();
        Path checkpoint = run.resolve("checkpoints/round-0");
        Files.writeString(checkpoint.resolve("state.json"), "{");
        CliOutput.by("train", "--resume", run.toString()).refuses("a checkpoint must be whole");
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(checkpoint);
        CliOutput.by("train", "--resume", run.toString()).succeeds();
        assertThat(summary().rounds()).hasSize(1);
    }

    /** A folder in the place of summary.json, made when the first line is told, stands for a disk that fails in the middle. */
    @Test
    void tellsAFailureOfTheDiskInOneLine() throws IOException {
        String[] arguments = arguments(Pictures.ofCells(folder.resolve("data")).spec());
        StringWriter saboteur = new StringWriter() {
            @Override
            public void write(String text, int from, int length) {
                try {
                    Files.createDirectories(run.resolve("summary.json/taken"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        StringWriter err = new StringWriter();
        int status = Errata.run(new PrintWriter(saboteur, true), new PrintWriter(err, true), arguments);
        new CliOutput(status, "", err.toString()).fails("summary.json");
    }
}
