package io.errata.detection.evaluation;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import io.errata.detection.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cases of github.com/rafaelpadilla/review_object_detection_metrics, with the numbers published there. */
class PadillaCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Path folder = Path.of("");

    @BeforeEach
    void findData() {
        String data = System.getProperty("errata.data");
        assumeTrue(data != null && !data.isBlank(), "errata.data is not set");
        folder = Path.of(data, "ap_cases");
    }

    @Test
    void reproducesTheTwelveCocoMetrics() throws IOException {
        Path coco = folder.resolve("padilla_coco_bboxarea");
        JsonNode expected = read(coco.resolve("expected.json"));
        JsonNode truth = read(coco.resolve("gts/sampled_gts_bbox_area.json"));
        Evaluation evaluation = cocoCase(truth, Optional.of(coco.resolve("cocoapi_results.json")))
                .evaluate();

        Map<String, Double> actual = Map.ofEntries(
                Map.entry("AP", evaluation.ap()),
                Map.entry("AP50", evaluation.ap50()),
                Map.entry("AP75", evaluation.ap75()),
                Map.entry("APsmall", evaluation.apSmall()),
                Map.entry("APmedium", evaluation.apMedium()),
                Map.entry("APlarge", evaluation.apLarge()),
                Map.entry("AR1", evaluation.ar1()),
                Map.entry("AR10", evaluation.ar10()),
                Map.entry("AR100", evaluation.ar100()),
                Map.entry("ARsmall", evaluation.arSmall()),
                Map.entry("ARmedium", evaluation.arMedium()),
                Map.entry("ARlarge", evaluation.arLarge()));
        expected.properties()
                .forEach(entry -> assertThat(actual.get(entry.getKey()))
                        .as(entry.getKey())
                        .isCloseTo(entry.getValue().doubleValue(), within(1e-6)));
        assertThat(evaluation.images()).isEqualTo(100);
    }

    /** The published percentages have two decimals; the example gives them with and without the added pixel. */
    @Test
    void reproducesTheVocExample() throws IOException {
        Path toy = folder.resolve("padilla_toyexample");
        JsonNode expected = read(toy.resolve("expected.json"));
        Cases cases = toyCase(toy);
        for (double iou : new double[] {0.5, 0.75}) {
            JsonNode at = expected.get("iou" + iou);
            for (VocMetrics mode : List.of(
                    VocMetrics.voc07().withIou(iou),
                    VocMetrics.voc07().withIou(iou).withInclusivePixels())) {
                assertThat(mode.map(cases.dataset(), cases.detections()))
                        .isCloseTo(at.get("eleven_point").doubleValue(), within(5e-5));
            }
            for (VocMetrics mode : List.of(
                    VocMetrics.voc10().withIou(iou),
                    VocMetrics.voc10().withIou(iou).withInclusivePixels())) {
                assertThat(mode.map(cases.dataset(), cases.detections()))
                        .isCloseTo(at.get("every_point").doubleValue(), within(5e-5));
            }
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    /** The ground truth, with the detections of a COCO results file where there is one. */
    private static Cases cocoCase(JsonNode truth, Optional<Path> results) {
        Map<Long, String> names = elements(truth.get("categories"))
                .collect(toMap(c -> c.get("id").asLong(), c -> c.get("name").asText()));
        List<Long> ids = elements(truth.get("images"))
                .map(image -> image.get("id").asLong())
                .sorted() // pycocotools sorts by image id
                .toList();
        Cases cases = new Cases(List.copyOf(names.values()), ids.size());
        for (JsonNode a : truth.get("annotations")) {
            String label = requireNonNull(names.get(a.get("category_id").asLong()));
            double area = a.get("area").asDouble();
            boolean crowd = a.get("iscrowd").asInt() == 1;
            cases.truth(
                    ids.indexOf(a.get("image_id").asLong()),
                    new GroundTruth(label, box(a.get("bbox")), area, false, crowd));
        }
        results.ifPresent(file -> {
            Map<String, String> labels = names.entrySet().stream()
                    .collect(toMap(name -> name.getKey().toString(), Map.Entry::getValue));
            List<List<Detection>> detections =
                    CocoResults.read(file, ids.stream().map(Object::toString).toList(), labels);
            for (int i = 0; i < ids.size(); i++) {
                cases.detections().get(i).addAll(detections.get(i));
            }
        });
        return cases;
    }

    /** Ground truth from the COCO file; detections from the text files of {@code class score x1 y1 x2 y2}. */
    private static Cases toyCase(Path toy) throws IOException {
        JsonNode truth = read(toy.resolve("gts_coco_format/toy_example_coco.JSON"));
        Cases cases = cocoCase(truth, Optional.empty());
        for (JsonNode image : truth.get("images")) {
            String name = image.get("file_name").asText().replace(".jpg", ".txt");
            for (String line : Files.readAllLines(toy.resolve("dets_classname_abs_xyx2y2/" + name))) {
                double[] n = Stream.of(line.split(" "))
                        .skip(1)
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                cases.found(image.get("id").asInt(), n[0], new Box(n[1], n[2], n[3], n[4]));
            }
        }
        return cases;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Box box(JsonNode xywh) {
        return Box.ofSize(
                xywh.get(0).asDouble(),
                xywh.get(1).asDouble(),
                xywh.get(2).asDouble(),
                xywh.get(3).asDouble());
    }
}
