package io.errata.detection.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidArgumentException;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with JSON that does not become a record: the key and what it must be, and never a class of Java. */
public final class JsonFault {

    private static final Pattern OTHER_PLACE = Pattern.compile("(?s) \\(for Object .*| at \\[Source.*");

    private JsonFault() {}

    /**
     * A sentence such as {@code geometry.patch must be a whole number, found "x"}.
     *
     * @param fault what reading it threw
     * @param json what was read, or {@code null} where it is no JSON
     */
    public static String of(JsonProcessingException fault, @Nullable JsonNode json) {
        if (json == null || !(fault instanceof JsonMappingException mapping)) {
            String message = OTHER_PLACE.matcher(fault.getOriginalMessage()).replaceAll("");
            return "it is no whole JSON: "
                    + Excerpt.of(message.lines().findFirst().orElse(""), 200);
        }
        String key = key(mapping);
        JsonNode node = at(mapping, json);
        if (mapping instanceof UnrecognizedPropertyException) {
            return key + " is no key of this version";
        }
        if (mapping instanceof ValueInstantiationException) {
            return ofValue(mapping.getCause(), key, node);
        }
        if (node.isMissingNode()) {
            return key + " must be given, found none";
        }
        String found = Excerpt.of(node.toString());
        String what =
                mapping instanceof MismatchedInputException misfit ? expected(misfit.getTargetType()) : "in range";
        return (key.isEmpty() ? "it" : key) + " must be " + what + ", found " + found;
    }

    /** A record refused its components, or one of them was null. */
    private static String ofValue(@Nullable Throwable cause, String key, JsonNode node) {
        if (cause instanceof InvalidArgumentException invalid) {
            return invalid.problems().stream()
                    .map(problem -> (problem.key() == null ? key : join(key, snake(problem))) + " " + problem.problem())
                    .collect(Collectors.joining("; "));
        }
        if (cause instanceof InvalidInputException invalid) {
            return (key.isEmpty() ? "" : key + ": ")
                    + invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isNull()) {
                return join(key, field.getKey()) + " must be given, found null";
            }
            for (JsonNode element : field.getValue()) {
                if (field.getValue().isArray() && element.isNull()) {
                    return join(key, field.getKey()) + " must hold no null, found one";
                }
            }
        }
        return (key.isEmpty() ? "it" : key) + " must be as Errata wrote it, found " + Excerpt.of(node.toString());
    }

    private static String snake(Problem problem) {
        return String.valueOf(problem.key())
                .replaceAll("(?<=[a-z0-9])([A-Z])", "_$1")
                .toLowerCase(Locale.ROOT);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "in range";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type.isEnum()) {
            return "a word that is known here";
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "a section of keys";
    }

    private static String key(JsonMappingException fault) {
        StringBuilder key = new StringBuilder();
        for (JsonMappingException.Reference step : fault.getPath()) {
            if (step.getFieldName() == null) {
                key.append('[').append(step.getIndex()).append(']');
            } else {
                key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return key.toString();
    }

    private static JsonNode at(JsonMappingException fault, JsonNode json) {
        JsonNode node = json;
        for (JsonMappingException.Reference step : fault.getPath()) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node == null ? MissingNode.getInstance() : node;
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
