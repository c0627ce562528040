package io.errata.datasets.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON file of LabelMe says, read token by token, so that an image within it costs nothing.
 *
 * @param isLabelme whether it is such a file: it has a list {@code shapes}
 * @param keys all keys that it has
 * @param imagePath empty where there is none
 * @param hasImage whether it carries the image itself
 * @param declared the image's size; {@code null} where there is none
 */
record LabelmeFile(
        boolean isLabelme,
        List<String> keys,
        String imagePath,
        boolean hasImage,
        @Nullable ImageSize declared,
        List<Shape> shapes) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // so that NaN is reported with its line
            .build();

    /**
     * A shape.
     *
     * @param points x, y, x, y …; NaN where one is no number
     * @param group shapes of the same group are one object; empty where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Shape(int line, String label, String type, double[] points, String group, boolean difficult) {}

    /**
     * Reads a file.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no whole JSON
     */
    static LabelmeFile read(Path file) throws IOException {
        try (JsonParser in = JSON.createParser(file.toFile())) {
            LabelmeFile read = read(in);
            in.nextToken();
            return read;
        }
    }

    private static LabelmeFile read(JsonParser in) throws IOException {
        List<String> keys = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        boolean isLabelme = false;
        String imagePath = "";
        boolean hasImage = false;
        double width = 0;
        double height = 0;
        boolean object = in.nextToken() == JsonToken.START_OBJECT;
        while (object && in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            keys.add(key);
            JsonToken value = in.nextToken();
            switch (key) {
                case "shapes" -> {
                    isLabelme = value == JsonToken.START_ARRAY;
                    shapes.addAll(shapes(in));
                }
                case "imagePath" -> imagePath = text(in);
                case "imageData" -> hasImage = value == JsonToken.VALUE_STRING;
                case "imageWidth" -> width = number(in);
                case "imageHeight" -> height = number(in);
                default -> in.skipChildren();
            }
        }
        if (!object) {
            in.skipChildren();
        }
        ImageSize declared = width >= 1 && height >= 1 ? new ImageSize((int) width, (int) height) : null;
        return new LabelmeFile(isLabelme, keys, imagePath, hasImage, declared, shapes);
    }

    private static List<Shape> shapes(JsonParser in) throws IOException {
        List<Shape> shapes = new ArrayList<>();
        if (!in.isExpectedStartArrayToken()) {
            in.skipChildren();
            return shapes;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            shapes.add(shape(in));
        }
        return shapes;
    }

    private static Shape shape(JsonParser in) throws IOException {
        int line = in.currentTokenLocation().getLineNr();
        String label = "";
        String type = "polygon";
        String group = "";
        double[] points = {};
        boolean difficult = false;
        boolean object = in.isExpectedStartObjectToken();
        while (object && in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            switch (key) {
                case "label" -> label = text(in).strip();
                case "shape_type" -> type = value == JsonToken.VALUE_NULL ? type : text(in);
                case "group_id" -> group = value == JsonToken.VALUE_NULL ? "" : text(in);
                case "points" -> points = points(in);
                case "difficult" -> difficult |= value == JsonToken.VALUE_TRUE;
                case "flags" -> difficult |= hasFlag(in);
                default -> in.skipChildren();
            }
        }
        if (!object) {
            in.skipChildren();
        }
        return new Shape(line, label, type, points, group, difficult);
    }

    private static boolean hasFlag(JsonParser in) throws IOException {
        boolean difficult = false;
        boolean object = in.isExpectedStartObjectToken();
        while (object && in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            difficult |= in.nextToken() == JsonToken.VALUE_TRUE && key.equals("difficult");
            in.skipChildren();
        }
        if (!object) {
            in.skipChildren();
        }
        return difficult;
    }

    private static double[] points(JsonParser in) throws IOException {
        DoubleStream.Builder points = DoubleStream.builder();
        boolean list = in.isExpectedStartArrayToken();
        while (list && in.nextToken() != JsonToken.END_ARRAY) {
            int count = 0;
            boolean point = in.isExpectedStartArrayToken();
            while (point && in.nextToken() != JsonToken.END_ARRAY) {
                if (count++ < 2) {
                    points.add(number(in));
                }
                in.skipChildren();
            }
            for (; count < 2; count++) {
                points.add(Double.NaN);
            }
            if (!point) {
                in.skipChildren();
            }
        }
        if (!list) {
            in.skipChildren();
        }
        return points.build().toArray();
    }

    private static String text(JsonParser in) throws IOException {
        String text = in.currentToken().isScalarValue() && !in.hasToken(JsonToken.VALUE_NULL) ? in.getText() : "";
        in.skipChildren();
        return text;
    }

    private static double number(JsonParser in) throws IOException {
        double number = in.currentToken().isNumeric() ? in.getDoubleValue() : Double.NaN;
        in.skipChildren();
        return number;
    }
}
