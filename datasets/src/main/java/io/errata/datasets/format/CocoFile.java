package io.errata.datasets.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.errata.core.problem.Excerpt;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a COCO file says, read token by token: nothing is held but what is asked for, whatever else the file has and however deep.
 * Its parts come in any order. Problems of the form go to the builder; what ids stand for is for the reader to judge.
 */
final class CocoFile {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // so that NaN is reported with its line
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** What is longer is not written out any further. */
    private static final int MAX_SHOWN = 80;

    private final Path file;
    private final boolean withAnnotations;
    private final ReadingBuilder builder;
    private final IdIndex imageIds = new IdIndex();
    private final IdIndex categoryIds = new IdIndex();
    private final Map<Integer, Image> images = new LinkedHashMap<>();
    private final Map<Integer, Category> categories = new LinkedHashMap<>();
    private final CocoAnnotations annotations = new CocoAnnotations();
    private final double[] bbox = new double[4];
    private int rotated;
    private int scored;

    /**
     * An image as the file has it.
     *
     * @param name its file's; the id where the file gives none and no image is opened
     * @param isFile whether {@code name} is a file's
     * @param declared its size; {@code null} where the file gives none, or a placeholder such as 0
     */
    record Image(
            SourceLocation place,
            String name,
            boolean isFile,
            @Nullable ImageSize declared) {}

    /** A category. */
    record Category(SourceLocation place, String id, String name, String parent) {}

    /**
     * @param withAnnotations whether annotations are kept, or passed over
     * @param builder takes the problems
     */
    CocoFile(Path file, boolean withAnnotations, ReadingBuilder builder) {
        this.file = file;
        this.withAnnotations = withAnnotations;
        this.builder = builder;
    }

    /** The images by the numbers of their ids, in the order of the file. */
    Map<Integer, Image> images() {
        return images;
    }

    /** The categories by the numbers of their ids, in the order of the file. */
    Map<Integer, Category> categories() {
        return categories;
    }

    CocoAnnotations annotations() {
        return annotations;
    }

    IdIndex imageIds() {
        return imageIds;
    }

    IdIndex categoryIds() {
        return categoryIds;
    }

    /** How many annotations say that they are rotated. */
    int rotated() {
        return rotated;
    }

    /** How many annotations have a score, as detections do. */
    int scored() {
        return scored;
    }

    /** Where a key of an annotation stands. */
    SourceLocation place(int annotation, String key) {
        return SourceLocation.of(file, annotations.line(annotation), "annotations[" + annotation + "]." + key);
    }

    /** Reads the file; returns whether it is whole and has all its parts. */
    boolean parse() {
        if (!Files.isRegularFile(file)) {
            builder.report(SourceLocation.of(file), "missing-file", "COCO file must exist; correct its name");
            return false;
        }
        try (JsonParser in = JSON.createParser(file.toFile())) {
            return parse(in);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String found = e.getOriginalMessage().replaceAll(", from `[^`]*`", "");
            broken(line, found.replaceAll("\\s+", " "));
        } catch (IOException e) {
            builder.report(SourceLocation.of(file), "unreadable-file", "COCO file must be readable, found " + e);
        }
        return false;
    }

    private boolean parse(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            builder.report(
                    SourceLocation.of(file, 1, null),
                    "missing-key",
                    "COCO file must be an object with images, annotations and categories; a list may be of detections");
            return false;
        }
        List<String> missing = new ArrayList<>(List.of("images", "annotations", "categories"));
        List<String> parts = List.copyOf(missing);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            if (in.nextToken() != JsonToken.START_ARRAY || !parts.contains(key)) {
                in.skipChildren();
            } else if (missing.remove(key)) {
                parseElements(in, key);
            } else {
                int line = in.currentTokenLocation().getLineNr();
                builder.report(
                        SourceLocation.of(file, line, key),
                        "duplicate-key",
                        "COCO file must have one list " + key + ", found two");
                in.skipChildren();
            }
        }
        for (String key : missing) {
            builder.report(
                    SourceLocation.ofKey(file, key),
                    "missing-key",
                    "COCO file must have a list " + key + ", found none");
        }
        boolean whole = in.nextToken() == null;
        if (!whole) {
            broken(in.currentTokenLocation().getLineNr(), "more behind its end");
        }
        return whole && missing.isEmpty();
    }

    private void broken(int line, String found) {
        builder.report(
                SourceLocation.of(file, line, null), "broken-json", "COCO file must be whole JSON, found: " + found);
    }

    private void parseElements(JsonParser in, String key) throws IOException {
        if (key.equals("annotations") && !withAnnotations) {
            in.skipChildren();
            return;
        }
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            int line = in.currentTokenLocation().getLineNr();
            switch (key) {
                case "images" -> image(in, SourceLocation.of(file, line, "images[" + i + "]"));
                case "annotations" -> annotation(in, line);
                default -> category(in, SourceLocation.of(file, line, "categories[" + i + "]"));
            }
        }
    }

    private void image(JsonParser in, SourceLocation place) throws IOException {
        String id = "";
        String name = "";
        double width = 0;
        double height = 0;
        boolean object = isObject(in);
        while (object && in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            in.nextToken();
            switch (key) {
                case "id" -> id = text(in);
                case "file_name" -> name = text(in);
                case "width" -> width = in.hasToken(JsonToken.VALUE_NULL) ? 0 : number(in);
                case "height" -> height = in.hasToken(JsonToken.VALUE_NULL) ? 0 : number(in);
                default -> in.skipChildren();
            }
        }
        boolean named = !name.isEmpty() || builder.opensImages();
        if (isMissing(place, "an image", "id", id) || (named && isMissing(place, "an image", "file_name", name))) {
            return;
        }
        Image image = new Image(place, named ? name : "id " + id, named, size(place, width, height));
        if (images.putIfAbsent(imageIds.of(id), image) != null) {
            builder.report(place, "duplicate-id", "id of an image must be unique, found " + id + " again");
        }
    }

    private void annotation(JsonParser in, int line) throws IOException {
        String id = "";
        String image = "";
        String category = "";
        double area = Double.NaN;
        boolean crowd = false;
        Arrays.fill(bbox, Double.NaN);
        String odd = "no bbox";
        boolean object = isObject(in);
        while (object && in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            switch (key) {
                case "id" -> id = text(in);
                case "image_id" -> image = text(in);
                case "category_id" -> category = text(in);
                case "bbox" -> odd = bbox(in);
                case "rotation" -> rotated += isTurned(number(in)) ? 1 : 0;
                case "attributes" -> rotated += hasRotation(in) ? 1 : 0;
                case "score" -> {
                    scored++;
                    in.skipChildren();
                }
                case "area" -> area = number(in);
                case "iscrowd" -> crowd = value == JsonToken.VALUE_TRUE || Math.abs(number(in)) > 0;
                default -> in.skipChildren();
            }
        }
        if (odd != null) {
            annotations.oddBox(odd);
        }
        annotations.add(id, line, imageIds.of(image), categoryIds.of(category), bbox, area, crowd);
    }

    /** Whether a tool's own attributes of an annotation have a rotation. */
    private static boolean hasRotation(JsonParser in) throws IOException {
        boolean turned = false;
        boolean object = isObject(in);
        while (object && in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            in.nextToken();
            if (key.equals("rotation")) {
                turned = isTurned(number(in));
            } else {
                in.skipChildren();
            }
        }
        return turned;
    }

    private static boolean isTurned(double angle) {
        return Double.isFinite(angle) && angle != 0;
    }

    private void category(JsonParser in, SourceLocation place) throws IOException {
        String id = "";
        String name = "";
        String parent = "";
        boolean object = isObject(in);
        while (object && in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            in.nextToken();
            switch (key) {
                case "id" -> id = text(in);
                case "name" -> name = text(in).strip();
                case "supercategory" -> parent = text(in).strip();
                default -> in.skipChildren();
            }
        }
        if (isMissing(place, "a category", "id", id) || isMissing(place, "a category", "name", name)) {
            return;
        }
        Category category = new Category(place, id, name, parent);
        if (categories.putIfAbsent(categoryIds.of(id), category) != null) {
            builder.report(place, "duplicate-id", "id of a category must be unique, found " + id + " again");
        }
    }

    /** Reads four numbers; returns what was found instead where there are none, which are then NaN. */
    private @Nullable String bbox(JsonParser in) throws IOException {
        if (!in.isExpectedStartArrayToken()) {
            return "bbox " + shown(in);
        }
        StringBuilder odd = null;
        boolean texts = false;
        int count = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken().isNumeric() && count < 4 && odd == null) {
                bbox[count] = in.getDoubleValue();
            } else {
                texts |= in.hasToken(JsonToken.VALUE_STRING);
                odd = odd == null ? begun(Math.min(count, 4)) : odd;
                odd.append(odd.length() > 1 ? "," : "").append(odd.length() > MAX_SHOWN ? "" : shown(in));
            }
            in.skipChildren();
            count++;
        }
        if (odd == null && count < 4) {
            odd = begun(count);
        }
        if (odd == null) {
            return null;
        }
        Arrays.fill(bbox, Double.NaN);
        return "bbox " + Excerpt.of(odd.append(']').toString()) + (texts ? ", texts, not numbers," : "");
    }

    /** The numbers read so far, as a list that goes on. */
    private StringBuilder begun(int count) {
        StringBuilder list = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            list.append(i > 0 ? "," : "").append(Double.isFinite(bbox[i]) ? OutputText.number(bbox[i]) : bbox[i] + "");
        }
        return list;
    }

    private @Nullable ImageSize size(SourceLocation place, double width, double height) {
        boolean whole = width == (int) width && height == (int) height;
        if (!whole) {
            builder.report(
                    place,
                    "bad-value",
                    "width and height of an image must be whole numbers, found " + width + " and " + height);
        }
        return whole && width > 0 && height > 0 ? new ImageSize((int) width, (int) height) : null;
    }

    private boolean isMissing(SourceLocation place, String element, String key, String value) {
        if (value.isEmpty()) {
            builder.report(place, "missing-key", element + " must have its " + key + ", found none");
        }
        return value.isEmpty();
    }

    private static boolean isObject(JsonParser in) throws IOException {
        boolean object = in.isExpectedStartObjectToken();
        if (!object) {
            in.skipChildren();
        }
        return object;
    }

    /** A name or an id as it is written, but 17 for 17.0; empty for what is neither text nor number. */
    private static String text(JsonParser in) throws IOException {
        if (in.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            double number = in.getDoubleValue();
            return number == (long) number ? Long.toString((long) number) : in.getText();
        }
        if (in.hasToken(JsonToken.VALUE_STRING) || in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            return in.getText();
        }
        in.skipChildren();
        return "";
    }

    /** A number, be it written as text; NaN for what is none. */
    private static double number(JsonParser in) throws IOException {
        if (in.currentToken().isNumeric()) {
            return in.getDoubleValue();
        }
        if (in.hasToken(JsonToken.VALUE_STRING)) {
            return RawAnnotation.number(in.getText());
        }
        in.skipChildren();
        return Double.NaN;
    }

    /** What stands here instead of what should, as it is written, for messages; what is long by its beginning. */
    private static String shown(JsonParser in) throws IOException {
        if (in.hasToken(JsonToken.VALUE_STRING)) {
            return OutputText.json(Excerpt.of(in.getText()));
        }
        if (!in.currentToken().isStructStart()) {
            return Excerpt.of(in.getText());
        }
        boolean list = in.isExpectedStartArrayToken();
        StringBuilder shown = new StringBuilder(list ? "[" : "{");
        JsonToken end = list ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
        while (in.nextToken() != end) {
            shown.append(shown.length() > 1 ? "," : "");
            if (!list) {
                shown.append(OutputText.json(Excerpt.of(in.currentName()))).append(':');
                in.nextToken();
            }
            shown.append(shown.length() > MAX_SHOWN || in.currentToken().isStructStart() ? "…" : shown(in));
            in.skipChildren();
        }
        return Excerpt.of(shown.append(list ? ']' : '}').toString());
    }
}
