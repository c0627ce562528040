package io.errata.mining.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.problem.Spelling;
import io.errata.detection.engine.DeviceSetting;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a single value, or a list of them, into the type of a record's component. */
final class ValueReader {

    /** A decimal number, without the suffixes and words that Java also reads. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private ValueReader() {}

    /**
     * The value of a component.
     *
     * @throws InvalidInputException if the node does not fit the component's type
     */
    static @Nullable Object read(JsonNode node, RecordComponent component) {
        JavaType type = SettingsBinder.YAML.constructType(component.getGenericType());
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (node instanceof NullNode) {
            if (nullable) {
                return null;
            }
            if (type.isCollectionLikeType()) {
                return List.of();
            }
            if (type.isMapLikeType()) {
                return Map.of();
            }
        }
        if (type.isMapLikeType()) {
            return lists(node);
        }
        if (type.isEnumType()) {
            return constant(node, type.getRawClass());
        }
        if (!fits(node, type)) {
            throw misfit(node, type, nullable);
        }
        try {
            return SettingsBinder.YAML.treeToValue(asListed(node, type), type);
        } catch (JsonProcessingException e) {
            throw misfit(node, type, nullable);
        }
    }

    /** Texts, or lists of them, by names. */
    private static Map<String, List<String>> lists(JsonNode node) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        boolean fits = node.isObject();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            List<String> texts = new ArrayList<>();
            for (JsonNode element : entry.getValue().isArray() ? entry.getValue() : List.of(entry.getValue())) {
                fits &= isScalar(element);
                texts.add(element.asText());
            }
            lists.put(entry.getKey(), texts);
        }
        if (!fits) {
            throw new InvalidInputException(Problem.of(
                    "bad-value", "must be lists of texts by their names, such as {a: [b, c]}, found " + found(node)));
        }
        return lists;
    }

    /** The node as a problem shows it. */
    static String found(JsonNode node) {
        String text = node instanceof NullNode ? "nothing" : node.isTextual() ? node.textValue() : node.toString();
        text = text.isBlank() ? "an empty text" : text;
        return Excerpt.of(text);
    }

    private static boolean fits(JsonNode node, JavaType type) {
        if (type.isCollectionLikeType() && node instanceof ArrayNode list) {
            for (JsonNode element : list) {
                if (!isScalar(element)) {
                    return false;
                }
            }
            return true;
        }
        return isScalar(node)
                && (!isNumber(type) || NUMBER.matcher(node.textValue()).matches());
    }

    private static boolean isNumber(JavaType type) {
        return type.getRawClass() == double.class || type.getRawClass() == Double.class;
    }

    private static boolean isScalar(JsonNode node) {
        return node instanceof TextNode;
    }

    private static JsonNode asListed(JsonNode node, JavaType type) {
        return type.isCollectionLikeType() && !node.isArray()
                ? SettingsBinder.YAML.createArrayNode().add(node)
                : node;
    }

    private static Object constant(JsonNode node, Class<?> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
        int index = names.indexOf(node.asText());
        if (index < 0) {
            throw new InvalidInputException(Problem.of("bad-value", oneOf(names, node)));
        }
        return type.getEnumConstants()[index];
    }

    /** That a word must be one of these, and which one may have been meant. */
    static String oneOf(List<String> names, JsonNode node) {
        return "must be one of " + String.join(", ", names) + ", found " + found(node)
                + Spelling.hint(node.asText(), names);
    }

    private static InvalidInputException misfit(JsonNode node, JavaType type, boolean nullable) {
        String rule = "must be " + expected(type) + (nullable ? ", or null" : "");
        String quoted = FlowText.meant(node)
                .map(text -> "; a text that is meant stands without { }, or in quotes: \"" + Excerpt.of(text) + "\"")
                .orElse("");
        return new InvalidInputException(Problem.of("bad-value", rule + ", found " + found(node) + quoted));
    }

    private static String expected(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (type.isCollectionLikeType()) {
            return "a list, each " + expected(type.getContentType());
        }
        if (raw == int.class || raw == Integer.class || raw == long.class) {
            return "a whole number";
        }
        if (isNumber(type)) {
            return "a number";
        }
        if (raw == boolean.class) {
            return "true or false";
        }
        return raw == DeviceSetting.class ? "auto, cpu or gpu:N" : "a text";
    }
}
