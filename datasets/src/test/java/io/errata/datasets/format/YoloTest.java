package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YoloTest {

    @TempDir
    Path folder;

    @BeforeEach
    void drawImages() throws IOException {
        Samples.image(folder.resolve("train/images/a.png"), 100, 50);
        Samples.image(folder.resolve("train/images/b.png"), 100, 50);
    }

    @Test
    void readsBoxesAndPolygonsAndBackground() throws IOException {
        Path yaml = yaml("train: ../train/images\nval:\nnames: {0: cat, 4: dog}\n");
        labels("0 0.5 0.5 0.2 0.4\n\n4 0.1 0.2 0.3 0.2 0.3 0.6\n");

        Dataset dataset = Yolo.read(yaml);

        assertThat(dataset.classes()).containsExactly("cat", "dog");
        assertThat(dataset.images())
                .extracting(AnnotatedImage::name)
                .containsExactly("train/images/a.png", "train/images/b.png");
        assertThat(dataset.images().get(0).objects())
                .containsExactly(
                        GroundTruth.of("cat", new Box(40, 15, 60, 35)), GroundTruth.of("dog", new Box(10, 10, 30, 30)));
        assertThat(dataset.images().get(1).objects()).isEmpty();
    }

    @Test
    void readsPathsBelowItsPathKeyAndListsOfImages() throws IOException {
        labels("");
        Samples.text(folder.resolve("list.txt"), "./train/images/a.png\n./train/images/c.png\n");
        Path yaml = Samples.text(
                folder.resolve("deep/data.yaml"), "path: ..\ntrain: [train/images]\nval: list.txt\nnames: [cat]\n");

        assertThat(Yolo.read(yaml, "train").images()).hasSize(2);
        Reading val = Yolo.inspect(yaml, "valid", ReadOptions.defaults());
        assertThat(val.dataset().images()).extracting(AnnotatedImage::name).containsExactly("train/images/a.png");
        assertThat(Samples.kinds(val)).containsExactly("missing-image");
        assertThat(val.problems().get(0).line()).isEqualTo(2);
    }

    @Test
    void readsAnImageOfTwoSplitsOnce() throws IOException {
        labels("");

        assertThat(Yolo.read(yaml("train: train/images\nval: train/images\nnames: [cat]\n"))
                        .images())
                .hasSize(2);
    }

    @Test
    void tellsEveryBadLine() throws IOException {
        labels("7 0.5 0.5 0.2 0.2\n0 0.5 0.5 0 0.2\n0 250 100 40 40\n0 0.5 0.5 -0.2 0.2\n");

        Reading reading = Yolo.inspect(yaml("train: train/images\nnames: [cat]\n"), null, ReadOptions.defaults());

        assertThat(Samples.kinds(reading))
                .containsExactly("unknown-class", "zero-area-box", "box-outside-image", "reversed-box");
        assertThat(reading.problems()).extracting("line").containsExactly(1, 2, 3, 4);
        assertThat(reading.problems().get(0).file()).endsWith("a.txt");
        assertThat(reading.dataset().images()).hasSize(2);
    }

    @Test
    void leavesAnImageOutWhoseLabelsAreNoNumbers() throws IOException {
        labels("0 0.5 0.5 0.2 0.2\ncat 0.5 0.5 0.2 0.2\n0 0.5 0.5 wide 0.2\n0 0.5 0.5\n0 1 2 3 4 5\n");

        Reading reading = Yolo.inspect(yaml("train: train/images\nnames: [cat]\n"), null, ReadOptions.defaults());

        assertThat(Samples.kinds(reading)).containsOnly("not-a-number").hasSize(4);
        assertThat(reading.problems().get(1).problem()).contains("0 0.5 0.5 wide 0.2");
        assertThat(reading.dataset().images()).extracting(AnnotatedImage::name).containsExactly("train/images/b.png");
    }

    @Test
    void tellsBrokenYamlMissingNamesSplitsAndFolders() throws IOException {
        assertThat(Samples.kinds(Yolo.inspect(yaml("train: [a\nnames: {"), null, ReadOptions.defaults())))
                .containsExactly("broken-yaml");
        assertThat(Samples.kinds(Yolo.inspect(yaml("train: nowhere\n"), null, ReadOptions.defaults())))
                .containsExactly("missing-key", "missing-folder");
        assertThat(Samples.kinds(Yolo.inspect(yaml("names: [a]\n"), "test", ReadOptions.defaults())))
                .containsExactly("missing-split");
        assertThat(Samples.kinds(Yolo.inspect(yaml(""), null, ReadOptions.defaults())))
                .containsExactly("missing-key");
    }

    @Test
    void doesNotTakeASetWithoutAnyLabelFileForBackground() throws IOException {
        Reading reading = Yolo.inspect(yaml("train: train/images\nnames: [cat]\n"), null, ReadOptions.defaults());

        assertThat(Samples.kinds(reading)).containsExactly("missing-annotation");
        assertThat(reading.dataset().images()).isEmpty();
    }

    @Test
    void findsLabelsForTheLastFolderCalledImages() {
        assertThat(labelsOf("", "images/a/images/b/c.JPG")).isEqualTo(Path.of("images/a/labels/b/c.txt"));
        assertThat(labelsOf("", "images/c.png")).isEqualTo(Path.of("labels/c.txt"));
        assertThat(labelsOf("/", "/images/c.png")).isEqualTo(Path.of("/labels/c.txt"));
        assertThat(labelsOf("", "x/c.png")).isEqualTo(Path.of("x/c.txt"));
        assertThat(labelsOf("/images/set", "/images/set/x/c.png")).isEqualTo(Path.of("/images/set/x/c.txt"));
    }

    private static Path labelsOf(String dataset, String image) {
        return YoloLabels.labelsOf(new FileTree(Path.of(dataset)), Path.of(image));
    }

    private Path yaml(String text) throws IOException {
        return Samples.text(folder.resolve("data.yaml"), text);
    }

    private void labels(String text) throws IOException {
        Samples.text(folder.resolve("train/labels/a.txt"), text);
    }
}
