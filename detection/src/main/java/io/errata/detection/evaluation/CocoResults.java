package io.errata.detection.evaluation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.errata.core.geometry.Box;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads detections from a COCO results file: {@code [{"image_id": 42, "category_id": 18, "bbox": [x, y, width, height],
 * "score": 0.236}, …]}. Other keys, such as {@code segmentation}, are passed over. Scores may be any finite numbers, since only
 * their order counts; widths and heights may be 0. Reads entry by entry, so that a large file needs no more memory than its
 * detections.
 */
public final class CocoResults {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // so that NaN is told with its key
            .build();

    private final String file;
    private final Map<String, List<Detection>> byImage = new HashMap<>();
    private final Map<String, String> categories;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> unknown = new HashSet<>();

    private CocoResults(Path file, List<String> imageIds, Map<String, String> categories) {
        this.file = file.toString();
        this.categories = categories;
        imageIds.forEach(id -> byImage.put(id, new ArrayList<>()));
        if (byImage.size() < imageIds.size()) {
            throw new IllegalArgumentException(
                    "imageIds must differ, found " + byImage.size() + " different ones of " + imageIds.size());
        }
    }

    /**
     * Reads all detections of a file.
     *
     * @param imageIds the id of each image as it is written, such as {@code "42"} or {@code "img_001"}, in the order of the dataset's images
     * @param categories the class name of each category's id
     * @return the detections of each image in the file's order, in the order of {@code imageIds}
     * @throws InvalidInputException with every problem found: the file cannot be read or is not such an array, a value is missing or
     *     of the wrong type, an id is unknown (told once for each id)
     * @throws IllegalArgumentException if two images have one id
     */
    public static List<List<Detection>> read(Path file, List<String> imageIds, Map<String, String> categories) {
        CocoResults results = new CocoResults(file, imageIds, categories);
        try (JsonParser parser = JSON.createParser(Files.newInputStream(file))) {
            results.readEntries(parser);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            results.report(line, null, "must be valid JSON: " + e.getOriginalMessage(), "invalid-json");
        } catch (IOException e) {
            String rule = Files.exists(file) ? "cannot be read: " + e.getMessage() : "does not exist, check the path";
            results.report(0, null, rule, "unreadable-file");
        }
        if (!results.problems.isEmpty()) {
            throw new InvalidInputException(results.problems);
        }
        return imageIds.stream()
                .map(id -> results.byImage.getOrDefault(id, List.of()))
                .toList();
    }

    private void readEntries(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            report(1, null, "must be an array of detections, [{\"image_id\": …, …}, …]", "not-an-array");
            return;
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            int line = parser.currentTokenLocation().getLineNr();
            addEntry(new Entry(JSON.readTree(parser), line, "[" + i + "]"));
        }
        if (parser.nextToken() != null) {
            report(parser.currentTokenLocation().getLineNr(), null, "must end after the array", "trailing-content");
        }
    }

    private record Entry(JsonNode json, int line, String key) {}

    private void addEntry(Entry entry) {
        if (!entry.json.isObject()) {
            report(entry.line, entry.key, "must be an object, found " + shortened(entry.json), "not-an-object");
            return;
        }
        int before = problems.size();
        List<Detection> ofImage = lookUp(entry, "image_id", byImage, "an image");
        String label = lookUp(entry, "category_id", categories, "a category");
        double score = number(entry, "score", entry.json.path("score"));
        Box box = box(entry);
        if (problems.size() == before && ofImage != null && label != null) {
            ofImage.add(new Detection(label, score, box));
        }
    }

    private <T> @Nullable T lookUp(Entry entry, String key, Map<String, T> known, String meaning) {
        JsonNode found = entry.json.path(key);
        boolean whole = found.canConvertToExactIntegral() && found.canConvertToLong();
        if (!whole && !found.isTextual()) {
            String rule = "must be a whole number or a text, found " + shortened(found);
            report(entry.line, entry.key + "." + key, rule, "invalid-id");
            return null;
        }
        String id = whole ? Long.toString(found.longValue()) : found.textValue();
        T value = known.get(id);
        if (value == null && unknown.add(key + id)) {
            String rule = "must be the id of " + meaning + " of the ground truth, found " + shortened(found)
                    + "; check that the file was made for this data";
            report(entry.line, entry.key + "." + key, rule, "unknown-id");
        }
        return value;
    }

    private Box box(Entry entry) {
        JsonNode xywh = entry.json.path("bbox");
        if (!xywh.isArray() || xywh.size() != 4) {
            String rule = "must be [x, y, width, height], found " + shortened(xywh);
            report(entry.line, entry.key + ".bbox", rule, "invalid-box");
            return new Box(0, 0, 0, 0);
        }
        double[] v = new double[4];
        for (int i = 0; i < v.length; i++) {
            v[i] = number(entry, "bbox[" + i + "]", xywh.get(i));
        }
        if (v[2] < 0 || v[3] < 0) {
            String rule = "width and height must be >= 0, found " + shortened(xywh);
            report(entry.line, entry.key + ".bbox", rule, "invalid-box");
        }
        Box box = Box.ofSize(v[0], v[1], v[2], v[3]);
        boolean allFinite = Arrays.stream(v).allMatch(Double::isFinite);
        if (allFinite && !(Double.isFinite(box.area()) && Double.isFinite(box.x2()) && Double.isFinite(box.y2()))) {
            String rule = "corners and area must be finite, found " + shortened(xywh);
            report(entry.line, entry.key + ".bbox", rule, "invalid-box");
        }
        return box;
    }

    private double number(Entry entry, String key, JsonNode value) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            String rule = "must be a finite number, found " + shortened(value);
            report(entry.line, entry.key + "." + key, rule, "invalid-number");
        }
        return value.doubleValue();
    }

    private static String shortened(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return Excerpt.of(text, 61);
    }

    private void report(int line, @Nullable String key, String problem, String kind) {
        problems.add(new Problem(file, line > 0 ? line : null, key, problem, kind));
    }
}
