package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code errata evaluate --detections}, which measures what any detector found. */
class EvaluateDetectionsTest {

    private static final String TRUTH = """
            {"images": [{"id": 7, "file_name": "b.png", "width": 100, "height": 100},
                        {"id": 3, "file_name": "a.png", "width": 100, "height": 100}],
             "categories": [{"id": 1, "name": "cat"}, {"id": 5, "name": "dog"}],
             "annotations": [{"id": 1, "image_id": 7, "category_id": 1, "bbox": [10, 10, 20, 20], "area": 400, "iscrowd": 0},
                             {"id": 2, "image_id": 3, "category_id": 1, "bbox": [50, 50, 20, 20], "area": 400, "iscrowd": 0}]}
            """;
    private static final String FOUND = """
            [{"image_id": 7, "category_id": 1, "bbox": [10, 10, 20, 20], "score": 0.9},
             {"image_id": 7, "category_id": 1, "bbox": [70, 70, 20, 20], "score": 0.8},
             {"image_id": 3, "category_id": 1, "bbox": [50, 50, 20, 10], "score": 0.7}]
            """;

    private Path folder = Path.of("");
    private Path truth = Path.of("");
    private Path found = Path.of("");

    @BeforeEach
    void write(@TempDir Path temporary) throws IOException {
        folder = temporary;
        truth = Files.writeString(folder.resolve("truth.json"), TRUTH);
        found = Files.writeString(folder.resolve("found.json"), FOUND);
    }

    private CliOutput evaluate(String spec, String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"evaluate", "--detections=" + found, "--data", spec}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CliOutput.by(arguments);
    }

    /** True, false, and at IoU 0.5 true: precision 1 up to recall 0.5, then 2/3; (6 × 1 + 5 × 2/3) / 11 and 0.5 × 1 + 0.5 × 2/3. */
    @Test
    void measuresWithoutAnyImage() throws IOException {
        JsonNode voc07 = evaluate("coco:" + truth, "--metric", "voc07", "--json")
                .succeeds()
                .json();
        assertThat(voc07.get("map").doubleValue()).isCloseTo((6 + 5 * 2 / 3.0) / 11, within(1e-9));
        JsonNode voc10 = evaluate("coco:" + truth, "--metric", "voc10", "--json")
                .succeeds()
                .json();
        assertThat(voc10.get("map").doubleValue()).isCloseTo(5 / 6.0, within(1e-9));
        JsonNode stricter = evaluate("coco:" + truth, "--metric", "voc10", "--iou", "0.6", "--json")
                .json();
        assertThat(stricter.get("map").doubleValue()).isCloseTo(0.5, within(1e-9));
        assertThat(stricter.get("images").intValue()).isEqualTo(2);
        assertThat(stricter.get("per_class").get("dog").get("ap").isNull()).isTrue();
    }

    /** pycocotools gives AP 1.000 for each of these: it never cuts boxes off, and takes ids of text. */
    @Test
    void measuresBoxesOverTheEdgeAndIdsOfTextWithoutFileNames() throws IOException {
        Files.writeString(truth, """
                {"images": [{"id": "img_2"}, {"id": "img_1", "width": 100, "height": 100}],
                 "categories": [{"id": "c", "name": "cat"}],
                 "annotations": [{"id": "a", "image_id": "img_2", "category_id": "c", "bbox": [-8, 10, 20, 20]},
                                 {"id": "b", "image_id": "img_1", "category_id": "c", "bbox": [90, -1.5, 40, 20]}]}
                """);
        Files.writeString(found, """
                [{"image_id": "img_1", "category_id": "c", "bbox": [90, -1.5, 40, 20], "score": 0.9},
                 {"image_id": "img_2", "category_id": "c", "bbox": [-8, 10, 20, 20], "score": 0.8}]
                """);

        JsonNode json = evaluate("coco:" + truth, "--json").succeeds().json();

        assertThat(json.get("ap").doubleValue()).isEqualTo(1);
        assertThat(json.get("images").intValue()).isEqualTo(2);
        Files.writeString(found, FOUND);
        evaluate("coco:" + truth).refuses("[0].image_id", "category_id", "[2].image_id");
    }

    @Test
    void leavesOutWhatIsBadOnlyWhereItIsSaid() throws IOException {
        Files.writeString(truth, TRUTH.replace("[50, 50, 20, 20]", "[50, 50, 0, 20]"));

        evaluate("coco:" + truth).refuses("annotations[1].bbox: box must have an area > 0");
        CliOutput said = evaluate("coco:" + truth, "--skip-bad", "--json").succeeds();

        assertThat(said.err()).startsWith("errata: left out: ").contains("annotations[1]");
        assertThat(said.json().at("/per_class/cat/ground_truths").intValue()).isEqualTo(1);
    }

    @Test
    void countsFalsePositivesWhereThereIsNothingToFind() throws IOException {
        Files.writeString(truth, TRUTH.replaceAll("(?s)\"annotations\": \\[.*", "\"annotations\": []}"));
        Files.writeString(found, FOUND.replace("0.7", "0.3"));

        JsonNode json = evaluate("coco:" + truth, "--json").succeeds().json();

        JsonNode background = json.get("images_without_objects");
        assertThat(background.get("false_positives").intValue()).isEqualTo(3);
        assertThat(background.get("false_positives_per_image").doubleValue()).isEqualTo(1.5);
        assertThat(background.get("images_with_false_positives").intValue()).isEqualTo(2);
        assertThat(background.at("/at_score_0.5/images_with_false_positives").intValue())
                .isEqualTo(1);
        assertThat(evaluate("coco:" + truth).succeeds().out())
                .contains(
                        "3 false positives, 1.50 per image, 2 of 2 images have one; at score ≥ 0.5: 2 false positives");
    }

    @Test
    void refusesOptionsThatWouldChangeNothing() {
        evaluate("coco:" + truth, "--iou", "0.7").refuses("--iou: must stand with --metric voc07 or voc10");
        evaluate("coco:" + truth, "--device", "cpu").refuses("--device: must be left out with --detections");
    }

    @Test
    void refusesResultsInFractionsAndNumbersThatAreNone() throws IOException {
        Files.writeString(
                found, "[{\"image_id\": 7, \"category_id\": 1, \"bbox\": [0.1, 0.1, 0.2, 0.2], \"score\": 0.9}]");
        evaluate("coco:" + truth).refuses("found.json: bbox must be in pixels");
        Files.writeString(found, FOUND.replace("0.8", "NaN"));
        evaluate("coco:" + truth).refuses("[1].score: must be a finite number, found");
    }

    @Test
    void refusesABoxWhoseAreaIsTooLarge() throws IOException {
        Files.writeString(found, FOUND.replace("[70, 70, 20, 20]", "[70, 70, 1e308, 1e308]"));

        evaluate("coco:" + truth).refuses("found.json:2: [1].bbox: corners and area must be finite");
    }

    @Test
    void keepsTheImagesOfAList() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "b\n");
        JsonNode json = evaluate("coco:" + truth + "@" + list, "--metric", "voc10", "--json")
                .succeeds()
                .json();
        assertThat(json.get("images").intValue()).isEqualTo(1);
        assertThat(json.get("map").doubleValue()).isEqualTo(1);
    }

    @Test
    void tellsWhatIsWrongWithTheFiles() throws IOException {
        evaluate("voc:" + folder).refuses("a data set must be coco:FILE.json[:IMAGES] where ids are needed");
        Files.writeString(found, "[{\"image_id\": 8, \"category_id\": 1, \"bbox\": [1, 2, 3], \"score\": 1}]");
        evaluate("coco:" + truth)
                .refuses("found.json:1: [0].image_id: must be the id of an image", "found.json:1: [0].bbox: must be");
        Files.delete(found);
        evaluate("coco:" + folder.resolve("none.json"))
                .refuses("found.json: --detections: there is no such file", "none.json: COCO file must exist");
    }

    @Test
    void reproducesThePublishedMetrics() throws IOException {
        String data = System.getProperty("errata.data");
        assumeTrue(data != null && !data.isBlank(), "errata.data is not set");
        Path coco = Path.of(data, "ap_cases/padilla_coco_bboxarea");
        found = coco.resolve("cocoapi_results.json");
        JsonNode json = evaluate("coco:" + coco.resolve("gts/sampled_gts_bbox_area.json"), "--json")
                .succeeds()
                .json();
        JsonNode expected =
                new ObjectMapper().readTree(coco.resolve("expected.json").toFile());
        Map<String, String> names = Map.ofEntries(
                Map.entry("AP", "ap"),
                Map.entry("AP50", "ap50"),
                Map.entry("AP75", "ap75"),
                Map.entry("APsmall", "ap_small"),
                Map.entry("APmedium", "ap_medium"),
                Map.entry("APlarge", "ap_large"),
                Map.entry("AR1", "ar1"),
                Map.entry("AR10", "ar10"),
                Map.entry("AR100", "ar100"),
                Map.entry("ARsmall", "ar_small"),
                Map.entry("ARmedium", "ar_medium"),
                Map.entry("ARlarge", "ar_large"));
        names.forEach((theirs, ours) -> assertThat(json.get(ours).doubleValue())
                .as(ours)
                .isCloseTo(expected.get(theirs).doubleValue(), within(1e-6)));
        assertThat(json.get("images").intValue()).isEqualTo(100);
    }
}
