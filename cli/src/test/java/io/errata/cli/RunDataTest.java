package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which images and classes a run takes, and what it says of them. */
class RunDataTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSetWithSplitsIsTrainedOnItsTrainingSplit() throws IOException {
        Path data = yolo();

        CliOutput said = train("yolo:" + data).succeeds();

        assertThat(said.out())
                .contains("training on 5 images", "1 more images choose")
                .contains("note: yolo:" + data + " has the splits train, val, test and names none: yolo:" + data
                        + ":train is trained on, yolo:" + data + ":val validates");
        assertThat(Files.readAllLines(run().resolve("train.txt"))).allMatch(name -> name.startsWith("images/train/"));
        assertThat(Files.readAllLines(run().resolve("validation.txt"))).containsExactly("images/val/5.jpg");
        assertThat(summary().get("notes")).hasSize(1);
    }

    @Test
    void theOtherSplitsStayUntouchedWhereImagesAreHeldOut() throws IOException {
        CliOutput said = train("yolo:" + yolo(), "data.split.fraction=0.4").succeeds();

        assertThat(said.out()).contains("training on 3 images", "2 more images choose", ":train is trained on\n");
    }

    @Test
    void aListSaysWhichImagesAreMeantWhateverTheirSplits() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "1\n2\n5\n6\n7\n");

        CliOutput said = train("yolo:" + yolo() + "@" + list).succeeds();

        assertThat(said.out())
                .contains("training on 4 images", "1 more images choose")
                .doesNotContain("splits");
    }

    @Test
    void otherCommandsSayThatTheyReadAllSplits() throws IOException {
        String spec = "yolo:" + yolo();

        assertThat(CliOutput.by("dataset", "stats", spec).succeeds().out())
                .contains("note: " + spec + " has the splits train, val, test and names none: all are read");
        assertThat(CliOutput.by("dataset", "stats", spec + ":test").succeeds().out())
                .doesNotContain("note:");
    }

    @Test
    void mergedAndDroppedClassesAreToldAndStayWithTheModel() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        for (int i = 0; i < 8; i++) {
            pictures.object(i + ".jpg", i % 2 == 0 ? "Cell" : "zelle", 60, 4, 20);
        }
        String spec = pictures.object("0.jpg", "dust", 2, 2, 9).spec();

        CliOutput said = train(spec, "data.merge={cell: [cell, Cell, zelle]}", "data.drop=[dust]")
                .succeeds();

        assertThat(said.out()).contains("note: classes: cell, Cell, zelle → cell; left out: dust");
        assertThat(summary().at("/mapping/merge/cell")).hasSize(3);
        assertThat(summary().get("classes")).hasSize(1);
        JsonNode model = json(run().resolve("model/model.json"));
        assertThat(model.at("/mapping/drop/0").asText()).isEqualTo("dust");
        CliOutput measured = CliOutput.by("evaluate", run().toString(), "--data", spec, "--json");
        assertThat(measured.succeeds()
                        .json()
                        .at("/per_class/cell/ground_truths")
                        .intValue())
                .isEqualTo(16);
    }

    @Test
    void unknownAndContradictoryNamesOfClassesAreTold() throws IOException {
        String spec = Pictures.ofCells(folder.resolve("data")).spec();

        train(spec, "data.merge={x: [zell, cell]}", "data.drop=[dirt]")
                .refuses(
                        "data.merge: must name classes of the data, [cell], found zell",
                        "data.drop: must name classes of the data, [cell], found dirt");
        train(spec, "data.merge={x: [cell], y: cell}").refuses("data.merge: must name a class once, found cell");
        train(spec, "data.merge=cell").refuses("data.merge: must be lists of texts by their names");
    }

    @Test
    void aClassWithoutAnyObjectIsNotLearned() throws IOException {
        Path data = yolo();
        Files.writeString(data, Files.readString(data).replace("[cell]", "[cell, unicorn, 010]"));

        train("yolo:" + data, "data.classes=[cell, unicorn]").refuses("found 1 of 2 classes without (unicorn)");
        CliOutput said = train("yolo:" + data).succeeds();

        assertThat(said.out())
                .contains("note: 2 of 3 classes have no object in the data and are not learned: unicorn, 010");
        assertThat(summary().get("classes")).hasSize(1);
    }

    @Test
    void aLongTailIsToldInOneShortMessage() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        for (int i = 0; i < 200; i++) {
            pictures.object(i % 8 + ".jpg", "species-" + i, 60, 4, 20);
        }

        CliOutput said = train(pictures.spec());

        said.refuses("classes without (species-");
        assertThat(said.err()).hasSizeLessThan(1000).contains("data.split.stratify=true");
    }

    @Test
    void equalImagesStayOnOneSideOfTheSplit() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        for (int i = 0; i < 8; i++) {
            pictures.image("copy" + i + ".jpg").object("copy" + i + ".jpg", "cell", 5 + 8 * i, 60 - 6 * i, 20);
        }

        CliOutput said = train(pictures.spec()).succeeds();

        assertThat(said.out())
                .contains("note: 8 images have the content of another")
                .doesNotContain("warning");
        List<String> held = Files.readAllLines(run().resolve("validation.txt"));
        assertThat(held).isNotEmpty();
        for (String name : held) {
            assertThat(held).contains(name.startsWith("copy") ? name.substring(4) : "copy" + name);
        }
    }

    @Test
    void imagesWithoutObjectsThatLookAsIfTheyHadSomeAreNamed() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        pictures.image("missed.jpg").object("missed.jpg", "cell", 30, 30, 20);
        List<String> lines =
                new ArrayList<>(Files.readAllLines(Path.of(pictures.spec().substring(4))));
        lines.removeIf(line -> line.startsWith("missed"));
        lines.add("missed.jpg,,,,,");
        String spec = "csv:" + Files.write(folder.resolve("data/other.csv"), lines);
        Path held = Files.writeString(folder.resolve("held.txt"), "0\n");

        CliOutput said = train(spec, "data.validation=" + spec + "@" + held, "mining.threshold=0.0001")
                .succeeds();

        String note = "of the images without objects the detector is surest on these; look whether they show some:"
                + " missed.jpg (cell 0.";
        assertThat(said.out()).contains("1 of 9 images counts as background").contains("note: " + note);
        assertThat(summary().get("notes").toString()).contains(note);
    }

    @Test
    void tellsTheObjectsThatAreTooSmallForTheWindows() throws IOException {
        String validation = Pictures.ofCells(folder.resolve("validation")).spec();
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        for (int i = 0; i < 24; i++) {
            pictures.image("more-" + i + ".jpg").object("more-" + i + ".jpg", "cell", 40, 40, 20);
        }
        String spec = pictures.object("3.jpg", "cell", 80, 4, 2).spec();

        CliOutput said = train(spec, "data.validation=" + validation).succeeds();

        String note = "objects too small for the windows, which begin at ";
        String named =
                " pixels: 1 of 33: 3.jpg object 2 (cell, 2.00 × 2.00); windows.smallest=2 would reach them, with ";
        assertThat(said.out())
                .contains(" windows at 1 sizes, ")
                .contains("note: " + note)
                .contains(named);
        assertThat(summary().get("notes").toString()).contains(note).contains(named);
        assertThat(Files.readString(run().resolve("config.yaml"))).contains("smallest: null", "shapes: null");
        assertThat(CliOutput.by("dataset", "stats", spec).succeeds().out())
                .contains("note: " + note)
                .contains(named);
    }

    private CliOutput train(String spec, String... settings) throws IOException {
        Path config = Files.writeString(folder.resolve("tiny.yaml"), Pictures.TINY_RUN);
        List<String> arguments = new ArrayList<>(
                List.of("train", config.toString(), "--out", run().toString(), "--set", "data.train=" + spec));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return CliOutput.by(arguments.toArray(String[]::new));
    }

    private Path run() {
        return folder.resolve("run");
    }

    private JsonNode summary() throws IOException {
        return json(run().resolve("summary.json"));
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    /** Eight images, five of them to train on, one to validate, two to test on. */
    private Path yolo() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("yolo/images"));
        for (int i = 0; i < 8; i++) {
            String split = i < 5 ? "train/" : i < 6 ? "val/" : "test/";
            Path image = folder.resolve("yolo/images").resolve(split + i + ".jpg");
            Path label = folder.resolve("yolo/labels").resolve(split + i + ".txt");
            Files.createDirectories(image.getParent());
            Files.createDirectories(label.getParent());
            Files.move(pictures.file(i + ".jpg"), image);
            Files.writeString(label, "0 " + (15 + 8 * i) / 96.0 + " " + (70 - 6 * i) / 96.0 + " 0.2083 0.2083\n");
        }
        return Files.writeString(
                folder.resolve("yolo/data.yaml"),
                "train: images/train\nval: images/val\ntest: images/test\nnames: [cell]\n");
    }
}
