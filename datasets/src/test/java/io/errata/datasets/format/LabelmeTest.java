package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelmeTest {

    @TempDir
    Path folder;

    private Path set = Path.of("");

    @BeforeEach
    void drawAnImage() throws IOException {
        set = Files.createDirectory(folder.resolve("set"));
        Samples.image(set.resolve("a.jpg"), 100, 50);
    }

    @Test
    void readsEveryShapeThatEnclosesSomething() throws IOException {
        write(
                "a",
                "a.jpg",
                shape("cat", "rectangle", "[30, 40], [10, 20.5]"),
                shape("dog", "polygon", "[10, 10], [30, 10], [30, 20]"),
                shape("coin", "circle", "[50, 25], [50, 35]"),
                shape("coin", "circle", "[95, 25], [95, 35]"),
                shape("cat", "mask", "[1, 2], [4, 8]"));

        Reading reading = inspect();

        assertThat(reading.orThrow().classes()).containsExactly("cat", "coin", "dog");
        assertThat(reading.dataset().images().get(0).name()).isEqualTo("a.jpg");
        assertThat(reading.dataset().images().get(0).objects())
                .extracting(GroundTruth::box)
                .containsExactly(
                        new Box(10, 20.5, 30, 40),
                        new Box(10, 10, 30, 20),
                        new Box(40, 15, 60, 35),
                        new Box(85, 15, 100, 35),
                        new Box(1, 2, 4, 8));
        assertThat(reading.dataset().images().get(0).objects().get(1).area()).isEqualTo(100);
    }

    @Test
    void readsFlagsAndGroups() throws IOException {
        write(
                "a",
                "a.jpg",
                "{\"label\": \"cat\", \"points\": [[1, 2], [11, 12]], \"group_id\": null, \"shape_type\": \"rectangle\","
                        + " \"flags\": {\"difficult\": true, \"blurred\": false}}",
                "{\"label\": \"dog\", \"points\": [[1, 2], [11, 12]], \"group_id\": 3, \"shape_type\": \"rectangle\"}",
                "{\"label\": \"dog\", \"points\": [[21, 2], [31, 12]], \"group_id\": 3, \"shape_type\": \"rectangle\"}",
                "{\"label\": \"cat\", \"points\": [[21, 2], [31, 12]], \"group_id\": 3, \"shape_type\": \"rectangle\"}");

        Reading reading = inspect();

        assertThat(reading.orThrow().images().get(0).objects())
                .containsExactly(
                        new GroundTruth("cat", new Box(1, 2, 11, 12), 100, true, false),
                        new GroundTruth("dog", new Box(1, 2, 31, 12), 200, false, false),
                        GroundTruth.of("cat", new Box(21, 2, 31, 12)));
        assertThat(reading.notes()).extracting(Note::kind).containsExactly("groups");
    }

    @Test
    void ignoresWhatIsNoBoxAndLeavesOutAnImageWhereItCoversNothing() throws IOException {
        write("a", "a.jpg", shape("cat", "linestrip", "[1, 2], [11, 12]"), shape("cat", "rectangle", "[1, 2], [9, 9]"));
        Samples.image(set.resolve("b.jpg"), 100, 50);
        write("b", "b.jpg", shape("cat", "point", "[1, 2]"));

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("not-a-box", "not-a-box");
        assertThat(reading.problems().get(0).problem()).contains("found a linestrip", "is ignored");
        assertThat(reading.dataset().images()).hasSize(1);
        assertThat(reading.dataset().images().get(0).objects())
                .containsExactly(
                        new GroundTruth("cat", new Box(1, 2, 11, 12), 100, false, true),
                        GroundTruth.of("cat", new Box(1, 2, 9, 9)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"polygon\", \"points\": [[1, 2], [3, 4]]",
                "\"rectangle\", \"points\": [[1, 2]]",
                "\"rectangle\", \"points\": [[1, 2], [3]]",
                "\"rectangle\", \"points\": [[1, 2], [3, \"x\"]]",
                "\"rectangle\", \"points\": [[1, 2], [3, NaN]]",
                "\"circle\", \"points\": [[1, 2]]",
                "\"polygon\", \"points\": null",
                "\"polygon\", \"points\": 7"
            })
    void leavesOutAnImageWithAShapeNobodyKnowsWhere(String shape) throws IOException {
        write("a", "a.jpg", "{\"label\": \"cat\", \"shape_type\": " + shape + "}");

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("not-a-number");
        assertThat(reading.problems().get(0).problem()).contains(" must be ", "its image is left out");
        assertThat(reading.dataset().images()).isEmpty();
    }

    @Test
    void findsTheImageWhereTheFileSays() throws IOException {
        Samples.image(set.resolve("images/b.jpg"), 100, 50);
        Samples.image(set.resolve("images/c.jpg"), 100, 50);
        write("labels/b", "..\\\\images\\\\b.jpg");
        write("labels/c", "C:\\\\photos\\\\c.jpg");
        write("a", "renamed.jpg");

        Reading reading = inspect();

        assertThat(reading.orThrow().images())
                .extracting(AnnotatedImage::name)
                .containsExactlyInAnyOrder("a.jpg", "images/b.jpg", "images/c.jpg");
    }

    @Test
    void refusesAnImageOutside() throws IOException {
        Samples.image(folder.resolve("outside/b.jpg"), 100, 50);
        write("b", "../outside/b.jpg");
        write("c", "..\\\\outside\\\\b.jpg");

        assertThat(Samples.kinds(inspect())).containsExactly("outside-dataset", "outside-dataset");
    }

    @Test
    void tellsAnImageThatIsOnlyWithinTheFile() throws IOException {
        write("b", "b.jpg");
        Samples.text(set.resolve("c.json"), "{\"imageData\": \"aGVsbG8=\", \"imagePath\": \"c.jpg\", \"shapes\": []}");

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("missing-image", "missing-image");
        assertThat(reading.problems().get(0).problem()).contains("must exist");
        assertThat(reading.problems().get(1).problem()).contains("imageData", "export");
    }

    @Test
    void tellsOtherJsonAndBrokenOne() throws IOException {
        write("a", "a.jpg");
        Samples.text(set.resolve("coco.json"), "{\"images\": [], \"annotations\": [], \"categories\": []}");
        Samples.text(set.resolve("cut.json"), "{\"shapes\": [\n{\"label\": \"cat\"");
        Samples.text(set.resolve("list.json"), "[1, 2]");

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("not-an-annotation", "broken-json", "not-an-annotation");
        assertThat(reading.problems().get(0).problem()).contains("[images, annotations, categories]");
        assertThat(reading.problems().get(1).line()).isEqualTo(2);
        assertThat(reading.dataset().images()).hasSize(1);
    }

    @Test
    void tellsASizeThatDoesNotAgreeAndAShapeWithoutLabel() throws IOException {
        Samples.text(
                set.resolve("a.json"),
                "{\"shapes\": [], \"imagePath\": \"a.jpg\", \"imageWidth\": 10, \"imageHeight\": 10}");
        Samples.image(set.resolve("b.jpg"), 100, 50);
        write("b", "b.jpg", shape("", "rectangle", "[1, 2], [9, 9]"));

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("size-mismatch", "unknown-class");
        assertThat(reading.dataset().images()).isEmpty();
    }

    @Test
    @Timeout(20)
    void passesOverTheImagesWithinTheFiles() throws IOException {
        String data = "A".repeat(3 << 20);
        for (int i = 0; i < 30; i++) {
            Samples.image(set.resolve(i + ".jpg"), 100, 50);
            Samples.text(
                    set.resolve(i + ".json"),
                    "{\"imageData\": \"" + data + "\", \"imagePath\": \"" + i + ".jpg\", \"shapes\": []}");
        }

        assertThat(inspect().orThrow().images()).hasSize(30);
    }

    @Test
    void tellsImagesThatHaveNoFileWhereAskedTo() throws IOException {
        Samples.image(set.resolve("b.jpg"), 100, 50);
        write("a", "a.jpg");

        assertThat(inspect().problems()).isEmpty();
        assertThat(Samples.kinds(DatasetSpec.parse("labelme:" + set).readThoroughly()))
                .containsExactly("missing-annotation");
    }

    @Test
    void tellsAMissingFolderAndAnEmptyOne() throws IOException {
        assertThat(Samples.kinds(
                        DatasetSpec.parse("labelme:" + set.resolve("none")).read()))
                .containsExactly("missing-folder");
        assertThat(Samples.kinds(inspect())).containsExactly("empty-dataset");
    }

    private void write(String name, String imagePath, String... shapes) throws IOException {
        Samples.text(
                set.resolve(name + ".json"),
                "{\n  \"version\": \"5.4.1\",\n  \"flags\": {},\n  \"shapes\": [" + String.join(",\n", shapes)
                        + "],\n  \"imagePath\": \"" + imagePath + "\",\n  \"imageData\": null,\n"
                        + "  \"imageHeight\": 50,\n  \"imageWidth\": 100\n}");
    }

    private static String shape(String label, String type, String points) {
        return "{\"label\": \"" + label + "\", \"points\": [" + points + "], \"group_id\": null, \"shape_type\": \""
                + type + "\", \"flags\": {}}";
    }

    private Reading inspect() {
        return Labelme.inspect(set, ReadOptions.defaults());
    }
}
