package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoTest {

    private static final String CATEGORIES =
            "\"categories\": [{\"id\": 7, \"name\": \"dog\"},\n {\"id\": 3, \"name\": \"cat\"}]";
    private static final String IMAGES =
            "\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": 100, \"height\": 50},\n"
                    + "{\"id\": 5, \"file_name\": \"b.png\"}]";

    @TempDir
    Path folder;

    @BeforeEach
    void drawImages() throws IOException {
        Samples.image(folder.resolve("images/a.png"), 100, 50);
        Samples.image(folder.resolve("images/b.png"), 20, 30);
    }

    @Test
    void readsItsPartsInAnyOrder() throws IOException {
        Path json = json(
                "{\"annotations\": [{\"image_id\": 1, \"category_id\": 7, \"bbox\": [1, 2, 10.5, 20], \"area\": 33,"
                        + " \"segmentation\": [[1, 2, 3, 4, 5, 6]]}, {\"image_id\": 1, \"category_id\": 3, \"iscrowd\": 1,"
                        + " \"bbox\": [0, 0, 5, 5], \"segmentation\": {\"counts\": [1], \"size\": [1, 1]}}],\n"
                        + CATEGORIES + ", \"info\": {}, " + IMAGES + "}");

        Dataset dataset = Coco.read(json);

        assertThat(dataset.classes()).containsExactly("cat", "dog");
        assertThat(dataset.images().get(0).objects())
                .containsExactly(
                        new GroundTruth("dog", new Box(1, 2, 11.5, 22), 33, false, false),
                        new GroundTruth("cat", new Box(0, 0, 5, 5), 25, false, true));
        assertThat(dataset.images().get(1).objects()).isEmpty();
        assertThat(dataset.images().get(1).height()).isEqualTo(30);
    }

    @Test
    void tellsEveryBadAnnotation() throws IOException {
        Path json = json("{" + IMAGES + ",\n" + CATEGORIES + ",\n\"annotations\": [\n"
                + "{\"image_id\": 1, \"category_id\": 9, \"bbox\": [0, 0, 5, 5]},\n"
                + "{\"image_id\": 2, \"category_id\": 7, \"bbox\": [0, 0, 5, 5]},\n"
                + "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [0, 0, 5, 0]},\n"
                + "{\"image_id\": 1, \"category_id\": 7, \"bbox\": [9, 0, -5, 4]},\n"
                + "{\"image_id\": 5, \"category_id\": 7, \"bbox\": [NaN, 0, 5, 4]},\n"
                + "{\"image_id\": 5, \"category_id\": 7}]}");

        Reading reading = Coco.inspect(json, null, ReadOptions.defaults());

        assertThat(Samples.kinds(reading))
                .containsExactly(
                        "unknown-class",
                        "unknown-image",
                        "zero-area-box",
                        "reversed-box",
                        "not-a-number",
                        "not-a-number");
        assertThat(reading.problems()).extracting("line").containsExactly(6, 7, 8, 9, 10, 11);
        assertThat(reading.problems().get(3).key()).isEqualTo("annotations[3].bbox");
        assertThat(reading.validPart().images()).hasSize(1);
    }

    @Test
    void keepsNothingOfABrokenFileAndTellsTheLine() throws IOException {
        Reading reading =
                Coco.inspect(json("{" + IMAGES + ",\n\"annotations\": [\n{\"id\": }"), null, ReadOptions.defaults());

        assertThat(Samples.kinds(reading)).containsExactly("broken-json");
        assertThat(reading.problems().get(0).line()).isEqualTo(4);
        assertThat(reading.dataset().images()).isEmpty();
    }

    @Test
    void keepsNothingOfAFileThatEndsEarly() throws IOException {
        String whole = "{" + IMAGES + ",\n" + CATEGORIES + ", \"annotations\": [] ";

        assertThat(Samples.kinds(Coco.inspect(json(whole), null, ReadOptions.defaults())))
                .containsExactly("broken-json");
        assertThat(Samples.kinds(Coco.inspect(json(whole + "}"), null, ReadOptions.defaults())))
                .isEmpty();
    }

    @Test
    void tellsMissingPartsAndADetectionList() throws IOException {
        assertThat(Samples.kinds(Coco.inspect(json("{" + IMAGES + "}"), null, ReadOptions.defaults())))
                .containsExactly("missing-key", "missing-key");
        assertThat(Samples.kinds(Coco.inspect(json("[]"), null, ReadOptions.defaults())))
                .containsExactly("missing-key");
        assertThat(Samples.kinds(Coco.inspect(folder.resolve("none.json"), null, ReadOptions.defaults())))
                .containsExactly("missing-file");
    }

    @Test
    void tellsMissingAndDoubleImages() throws IOException {
        Path json = json("{\"images\": [{\"id\": 1, \"file_name\": \"c.png\"}, {\"id\": 1, \"file_name\": \"a.png\"},"
                + "{\"id\": 2, \"file_name\": \"b.png\"}, {\"id\": 3, \"file_name\": \"b.png\"},"
                + "{\"id\": 4, \"file_name\": \"\\u0000\"}], \"annotations\": [], " + CATEGORIES + "}");

        Reading reading = Coco.inspect(json, folder.resolve("images"), ReadOptions.defaults());

        assertThat(Samples.kinds(reading))
                .containsExactly("duplicate-id", "missing-image", "duplicate-image", "bad-value");
    }

    @Test
    void tellsWhatIdsStandFor() throws IOException {
        Coco.Ids ids = Coco.ids(json("{" + IMAGES + ", " + CATEGORIES + ", \"annotations\": []}"));

        assertThat(ids.images()).isEqualTo(Map.of("1", "a.png", "5", "b.png"));
        assertThat(ids.classes()).isEqualTo(Map.of("3", "cat", "7", "dog"));
        assertThatThrownBy(() -> Coco.ids(json("{"))).isInstanceOf(InvalidInputException.class);
    }

    private Path json(String text) throws IOException {
        return Samples.text(folder.resolve("coco.json"), text);
    }
}
