package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** YOLO as tools and people write it: richer rows, other names of labels, other files before them. */
class YoloVariantsTest {

    private static final String YAML = "train: images\nnames: [cell]\n";
    private static final String ROW = "0 0.5 0.5 0.2 0.4\n";
    private static final Box BOX = new Box(40, 15, 60, 35); // of ROW, on 100 × 50 pixels

    @TempDir
    Path folder;

    @Test
    void takesTheBoxOfARowWithKeyPoints() throws IOException {
        image("a.png");
        label("a.txt", "0 0.5 0.5 0.2 0.4 0.1 0.1 2 0.9 0.9 0\n");

        Reading reading = read(YAML + "kpt_shape: [2, 3]\n");

        assertThat(boxes(reading.orThrow())).containsExactly(BOX);
    }

    @Test
    void refusesARowThatDoesNotFitItsKeyPoints() throws IOException {
        image("a.png");
        label("a.txt", ROW);

        Reading reading = read(YAML + "kpt_shape: [2, 3]\n");

        assertThat(Samples.kinds(reading)).containsExactly("not-a-number");
        assertThat(reading.problems().get(0).problem()).contains("6 numbers of key points", "kpt_shape");
        assertThat(Samples.kinds(read(YAML + "kpt_shape: [2, 5]\n"))).contains("bad-value");
    }

    @Test
    void passesOverConfidencesAndTracksAndSaysSo() throws IOException {
        image("a.png");
        label("a.txt", "0 0.5 0.5 0.2 0.4 0.87\n0 0.5 0.5 0.4 0.4 0.9 17\n");

        Reading reading = read(YAML);

        assertThat(boxes(reading.orThrow())).containsExactly(BOX, new Box(30, 15, 70, 35));
        assertThat(reading.notes())
                .extracting(Note::text)
                .anyMatch(text -> text.startsWith("1 of 2 rows have six numbers"))
                .anyMatch(text -> text.startsWith("1 of 2 rows have seven numbers"));
    }

    @Test
    void takesNoAngleForAConfidence() throws IOException {
        image("a.png");
        label("a.txt", "0 0.5 0.5 0.2 0.4 45\n");

        assertThat(Samples.kinds(read(YAML))).containsExactly("not-a-number");
    }

    @Test
    void saysThatPolygonsBecomeBoxes() throws IOException {
        image("a.png");
        label("a.txt", "0 0.4 0.3 0.6 0.3 0.6 0.7 0.4 0.7\n");

        Reading reading = read(YAML);

        assertThat(reading.notes()).extracting(Note::kind).containsExactly("rows-read-as");
        assertThat(boxes(reading.orThrow()).get(0).iou(BOX)).isGreaterThan(0.999);
    }

    @Test
    void findsLabelsUnderTheNamesThatToolsGiveThem() throws IOException {
        String composed = Normalizer.normalize("Zürich", Normalizer.Form.NFC);
        for (String name : List.of("my photo.jpg", "whole.jpg", "CAMERA.JPG", composed + ".png")) {
            image(name);
        }
        label("my%20photo.txt", ROW);
        label("whole.jpg.txt", ROW);
        label("CAMERA.TXT", ROW);
        label(Normalizer.normalize(composed, Normalizer.Form.NFD) + ".txt", ROW);

        Reading reading = read(YAML);

        assertThat(reading.orThrow().images())
                .hasSize(4)
                .allMatch(image -> image.objects().size() == 1);
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void prefersTheExactNameAndTellsOfTheOther() throws IOException {
        image("a.jpg");
        image("b.webp.jpg");
        image("b.webp");
        label("a.txt", ROW);
        label("a.jpg.txt", "");
        label("b.webp.txt", ROW);
        label("b.txt", "");

        Reading reading = read(YAML);

        assertThat(Samples.kinds(reading)).containsExactly("ambiguous-label");
        assertThat(reading.problems().get(0).toString()).contains("a.jpg.txt", "a.txt, which counts");
        assertThat(reading.dataset().images())
                .extracting(image -> image.objects().size())
                .containsExactly(1, 0, 1);
    }

    @Test
    void refusesALabelOfTwoImages() throws IOException {
        image("a.jpg");
        image("a.png");
        image("b.jpg");
        label("a.txt", ROW);
        label("b.txt", ROW);

        Reading reading = read(YAML);

        assertThat(Samples.kinds(reading)).containsExactly("ambiguous-label");
        assertThat(reading.problems().get(0).toString()).contains("labels/a.txt", "images/a.jpg and images/a.png");
        assertThat(names(reading.dataset())).containsExactly("images/b.jpg");
    }

    @Test
    void tellsWhyImagesCountAsBackground() throws IOException {
        image("a.jpg");
        image("b.jpg");
        image("c.jpg");
        label("a.txt", ROW);
        label("b.txt", "\n");

        assertThat(read(YAML).notes())
                .extracting(Note::text)
                .containsExactly("2 of 3 images count as background: 1 has no label file, 1 has an empty label file");
    }

    @Test
    void tellsOfLabelsWithoutImageAndNeverToDeleteThem() throws IOException {
        image("photo_1.jpg");
        label("photo_1.txt", ROW);
        label("fhoto_2.txt", ROW);
        label("classes.txt", "cell\n");

        Reading thorough = Yolo.inspect(yaml(YAML), null, ReadOptions.defaults().thoroughly());
        Reading plain = read(YAML);

        assertThat(thorough.problems()).hasSize(1);
        assertThat(thorough.problems().get(0).toString())
                .contains("fhoto_2.txt", "the nearest name is photo_1")
                .doesNotContain("delete");
        assertThat(plain.problems()).isEmpty();
        assertThat(plain.notes()).extracting(Note::text).anyMatch(text -> text.contains("labels/fhoto_2.txt"));
    }

    @Test
    void doesNotTakeLabelsOfAnotherSplitForLeftOver() throws IOException {
        image("a.jpg");
        image("b.jpg");
        label("a.txt", ROW);
        label("b.txt", ROW);
        Samples.text(folder.resolve("train.txt"), "images/a.jpg\n");

        Reading reading = Yolo.inspect(
                yaml("train: train.txt\nnames: [cell]\n"),
                "train",
                ReadOptions.defaults().thoroughly());

        assertThat(reading.orThrow().images()).hasSize(1);
    }

    @Test
    void keepsNamesOfClassesAsTheyAreWritten() throws IOException {
        image("a.jpg");
        label("a.txt", ROW);

        assertThat(read("train: images\nnames: [010, yes, 1.50, null]\n")
                        .dataset()
                        .classes())
                .startsWith("010", "yes", "1.50");
        assertThat(read("train: images\nnames: {0: 007, 1: off}\n").dataset().classes())
                .containsExactly("007", "off");
        assertThat(read("train: images\nnc: 2\n").dataset().classes()).containsExactly("0", "1");
    }

    @Test
    void refusesTwoClassesOfOneName() throws IOException {
        image("a.jpg");
        label("a.txt", ROW);

        Reading reading = read("train: images\nnames: [cell, dust, cell]\n");

        assertThat(Samples.kinds(reading)).containsExactly("duplicate-name");
        assertThat(reading.problems().get(0).toString()).contains("names", "cell", "0 and 2");
        assertThat(Samples.kinds(read("train: images\nnames: [cell, dust]\nnc: 3\n")))
                .containsExactly("bad-value");
    }

    @Test
    void saysOnceThatPixelsAreNoFractions() throws IOException {
        image("a.jpg");
        label("a.txt", "0 50 25 20 20\n".repeat(30));

        assertThat(read(YAML).problems())
                .filteredOn(problem -> problem.kind().equals("bad-unit"))
                .singleElement()
                .asString()
                .contains("30 of 30 rows", "divide them");
    }

    @Test
    void readsPathsOfWindowsAndOfOtherMachines() throws IOException {
        image("train/a.jpg");
        image("train/b.jpg");
        Samples.text(folder.resolve("labels/train/a.txt"), ROW);
        Samples.text(folder.resolve("labels/train/b.txt"), ROW);
        Samples.text(folder.resolve("train.txt"), "images\\train\\a.jpg\n/content/set/images/train/b.jpg\n");

        assertThat(names(Yolo.read(yaml("train: train.txt\nval: images\\train\nnames: [cell]\n"))))
                .containsExactly("images/train/a.jpg", "images/train/b.jpg");
        assertThat(Samples.kinds(read("train: ..\\nowhere\nnames: [cell]\n"))).containsExactly("missing-folder");
    }

    @Test
    void readsDarknetsFilesAndAListOfClasses() throws IOException {
        Samples.image(folder.resolve("obj_train_data/a.jpg"), 100, 50);
        Samples.text(folder.resolve("obj_train_data/a.txt"), ROW);
        Samples.text(folder.resolve("obj.names"), "cell\n010\n\n");
        Samples.text(folder.resolve("train.txt"), "data/obj_train_data/a.jpg\n");
        Path data = Samples.text(
                folder.resolve("obj.data"),
                "classes = 2\ntrain = data/train.txt\nnames = data/obj.names\nbackup = backup/\n");

        Dataset darknet = Yolo.read(data);
        Dataset listed = Yolo.read(folder.resolve("obj.names"));

        assertThat(darknet.classes()).containsExactly("cell", "010");
        assertThat(boxes(darknet)).containsExactly(BOX);
        assertThat(listed.images()).isEqualTo(darknet.images());
    }

    private Reading read(String yaml) throws IOException {
        return Yolo.inspect(yaml(yaml), null, ReadOptions.defaults());
    }

    private Path yaml(String text) throws IOException {
        return Samples.text(folder.resolve("data.yaml"), text);
    }

    private void image(String name) throws IOException {
        Samples.image(folder.resolve("images").resolve(name), 100, 50);
    }

    private void label(String name, String text) throws IOException {
        Samples.text(folder.resolve("labels").resolve(name), text);
    }

    private static List<String> names(Dataset dataset) {
        return dataset.images().stream().map(AnnotatedImage::name).toList();
    }

    private static List<Box> boxes(Dataset dataset) {
        return dataset.images().stream()
                .flatMap(image -> image.objects().stream())
                .map(GroundTruth::box)
                .toList();
    }
}
