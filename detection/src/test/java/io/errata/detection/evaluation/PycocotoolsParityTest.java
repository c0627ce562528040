package io.errata.detection.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import io.errata.detection.Detection;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random cases with crowds, difficult objects, areas on the borders, several classes, ties, and images without objects.
 * {@code make_pycocotools_cases.py} beside the fixture made them and says how to make them again.
 */
class PycocotoolsParityTest {

    private static final List<String> STATS = List.of(
            "ap",
            "ap50",
            "ap75",
            "ap_small",
            "ap_medium",
            "ap_large",
            "ar1",
            "ar10",
            "ar100",
            "ar_small",
            "ar_medium",
            "ar_large");

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = PycocotoolsParityTest.class.getResourceAsStream("pycocotools-cases.json")) {
            return new ObjectMapper().readTree(in).valueStream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesToNineDecimals(JsonNode expected) {
        JsonNode actual = read(expected).evaluate().toJson();
        for (int i = 0; i < STATS.size(); i++) {
            assertSame(
                    STATS.get(i),
                    actual.get(STATS.get(i)),
                    expected.get("stats").get(i));
        }
        for (int k = 0; k < expected.get("classes").asInt(); k++) {
            JsonNode ofClass = actual.get("per_class").get("class" + k);
            expected.get("per_class")
                    .get(k)
                    .properties()
                    .forEach(entry -> assertSame(entry.getKey(), ofClass.get(entry.getKey()), entry.getValue()));
        }
    }

    private static void assertSame(String metric, JsonNode actual, JsonNode expected) {
        if (expected.isNull()) {
            assertThat(actual.isNull()).as(metric).isTrue();
        } else {
            assertThat(actual.doubleValue()).as(metric).isCloseTo(expected.doubleValue(), within(1e-9));
        }
    }

    private static Cases read(JsonNode json) {
        List<String> classes = IntStream.range(0, json.get("classes").asInt())
                .mapToObj(k -> "class" + k)
                .toList();
        Cases cases = new Cases(classes, json.get("images").asInt());
        for (JsonNode t : json.get("truths")) {
            cases.truth(
                    t.get(0).asInt(),
                    new GroundTruth(
                            classes.get(t.get(1).asInt()),
                            box(t),
                            t.get(6).asDouble(),
                            t.get(8).asInt() == 1,
                            t.get(7).asInt() == 1));
        }
        for (JsonNode d : json.get("detections")) {
            cases.found(
                    d.get(0).asInt(),
                    new Detection(classes.get(d.get(1).asInt()), d.get(6).asDouble(), box(d)));
        }
        return cases;
    }

    private static Box box(JsonNode row) {
        return Box.ofSize(
                row.get(2).asDouble(),
                row.get(3).asDouble(),
                row.get(4).asDouble(),
                row.get(5).asDouble());
    }
}
