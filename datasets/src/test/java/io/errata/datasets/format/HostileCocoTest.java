package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Problem;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** COCO files as no tool should write them, but some do. */
class HostileCocoTest {

    private static final String IMAGE = "{\"id\": 1, \"file_name\": \"a.png\", \"width\": 100, \"height\": 50}";
    private static final String CAT = "{\"id\": 3, \"name\": \"cat\"}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refusesNestingAMillionDeepInOneMessage(String opening) throws IOException {
        for (String where : List.of("\"info\": ", "\"annotations\": [{\"segmentation\": ", "\"images\": [{\"id\": ")) {
            Reading reading = inspect("{" + where + opening.repeat(1_000_000));

            assertThat(Samples.kinds(reading)).containsExactly("broken-json");
            assertThat(reading.problems().get(0).problem())
                    .contains("nesting depth", "1000")
                    .doesNotContain("StreamReadConstraints");
        }
    }

    @Test
    void refusesInvalidUtf8AndWhatFollowsTheEnd() throws IOException {
        Path file = folder.resolve("coco.json");
        byte[] bytes = whole("[]").getBytes(StandardCharsets.ISO_8859_1);
        bytes[whole("[]").indexOf("a.png")] = (byte) 0xFE;
        Files.write(file, bytes);

        assertThat(Samples.kinds(read(file))).containsExactly("broken-json");
        assertThat(Samples.kinds(inspect(whole("[]") + "{}"))).containsExactly("broken-json");
        assertThat(Samples.kinds(inspect(""))).containsExactly("missing-key");
    }

    @Test
    void refusesAFileCutAnywhere() throws IOException {
        String whole = whole("[{\"image_id\": 1, \"category_id\": 3, \"bbox\": [1, 2, 3, 4]}]");
        assertThat(Samples.kinds(inspect(whole))).isEmpty();
        for (int end = 1; end < whole.length(); end++) {
            Reading reading = inspect(whole.substring(0, end));
            assertThat(reading.problems()).hasSize(1);
            assertThat(reading.dataset().images()).isEmpty();
        }
    }

    @Test
    void tellsNumbersThatAreNone() throws IOException {
        Reading reading = inspect(whole("""
                [{"image_id": 1, "category_id": 3, "bbox": [1e999, 0, 5, 4]},
                 {"image_id": 1, "category_id": 3, "bbox": [NaN, 0, 5, 4]},
                 {"image_id": 1, "category_id": 3, "bbox": ["1px", 0, 5, 4]},
                 {"image_id": 1, "category_id": 3, "bbox": [[[1, 2]], 0, 5, 4]},
                 {"image_id": 1, "category_id": 3, "bbox": {"category_id": 9, "x": [1]}},
                 {"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4, 5]},
                 {"image_id": 1, "category_id": 3}]"""));

        assertThat(Samples.kinds(reading)).hasSize(7).containsOnly("not-a-number");
        assertThat(reading.problems())
                .extracting(Problem::problem)
                .extracting(text -> text.replaceAll(".*found (.*?);.*", "$1"))
                .containsExactly(
                        "bbox [Infinity, 0.0, 5.0, 4.0]",
                        "bbox [NaN, 0.0, 5.0, 4.0]",
                        "bbox [\"1px\",0,5,4], texts, not numbers,",
                        "bbox [[…],0,5,4]",
                        "bbox {\"category_id\":9,\"x\":…}",
                        "bbox [1,2,3,4,5]",
                        "no bbox");
        assertThat(reading.problems())
                .extracting(Problem::key)
                .startsWith("annotations[0].bbox", "annotations[1].bbox");
    }

    @Test
    void passesOverWhatItDoesNotKnow() throws IOException {
        Reading reading = inspect(whole("""
                [{"segmentation": {"counts": [0, 5000], "size": [50, 100], "bbox": [9]}, "iscrowd": true,
                  "extra": [[{"image_id": 7}]], "image_id": 1.0, "category_id": "3", "bbox": [1, 2, 3, 4], "area": null},
                 {"image_id": "1", "category_id": 3, "bbox": [5, 6, 7.5, 8], "iscrowd": false, "area": 1e1,
                  "segmentation": [[1, 2, 3, 4, 5, 6], []]},
                 {"image_id": 1, "category_id": 3, "bbox": [5, 6, 7.5, 8], "iscrowd": "0", "area": NaN}]"""));

        assertThat(reading.orThrow().images().get(0).objects())
                .containsExactly(
                        new GroundTruth("cat", new Box(1, 2, 4, 6), 12, false, true),
                        new GroundTruth("cat", new Box(5, 6, 12.5, 14), 10, false, false),
                        new GroundTruth("cat", new Box(5, 6, 12.5, 14), 60, false, false));
    }

    @Test
    void tellsElementsThatAreNoObjectsAndIdsThatDangle() throws IOException {
        Reading reading = inspect(
                "{\"annotations\": [5, {\"image_id\": null}, {\"image_id\": 2}, {\"image_id\": 1, \"category_id\": {}}],"
                        + "\"images\": [" + IMAGE
                        + ", 5, {\"id\": {}, \"file_name\": \"x\"}, {\"id\": 9, \"file_name\": null}],"
                        + "\"categories\": [" + CAT + ", [], {\"id\": 8}, " + CAT + "]}");

        assertThat(Samples.kinds(reading))
                .startsWith("missing-key", "missing-key", "missing-key", "missing-key", "duplicate-id")
                .endsWith("unknown-image", "unknown-image", "unknown-image", "unknown-class");
        assertThat(reading.problems())
                .extracting(Problem::key)
                .containsExactly(
                        "images[1]",
                        "images[2]",
                        "categories[1]",
                        "categories[2]",
                        "categories[3]",
                        "annotations[0].image_id",
                        "annotations[1].image_id",
                        "annotations[2].image_id",
                        "annotations[3].category_id");
    }

    @Test
    void tellsASecondListAndOddSizes() throws IOException {
        String whole = whole("[]");
        Reading twice = inspect(whole.substring(0, whole.length() - 1) + ", \"annotations\": [{}]}");
        assertThat(Samples.kinds(twice)).containsExactly("duplicate-key");

        for (String size : List.of("1e999", "99.5", "4294967297", "NaN", "\"wide\"")) {
            assertThat(Samples.kinds(inspect(whole.replace("100", size)))).contains("bad-value");
        }
        assertThat(inspect(whole.replace("100", "\"100\"")).problems()).isEmpty();
        assertThat(inspect(whole.replace("100", "100.0")).problems()).isEmpty();
    }

    private static String whole(String annotations) {
        return "{\"images\": [" + IMAGE + "], \"categories\": [" + CAT + "], \"annotations\": " + annotations + "}";
    }

    private Reading inspect(String json) throws IOException {
        return read(Files.writeString(folder.resolve("coco.json"), json));
    }

    private static Reading read(Path json) {
        return Coco.inspect(json, null, ReadOptions.defaults().withoutOpeningImages());
    }
}
