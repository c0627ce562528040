package io.errata.mining.ablation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.files.Json;
import io.errata.mining.config.RunConfig;
import io.errata.mining.config.YamlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Arms written down in YAML: a list of mappings, {@code - {name: bce, set: {loss.type: bce}}}. A name that is not given is made of the
 * settings; without {@code set} the arm is the configuration as it is. Values are scalars or lists of them.
 */
public final class ArmsFile {

    private final String file;
    private final YamlDocument document;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** An arm, the line it begins in, and those of its settings by their keys. */
    private record Entry(Arm arm, int line, Map<String, Integer> lines) {

        /** The line of a setting, or of the section that it was given in. */
        int lineOf(@Nullable String key) {
            return lines.entrySet().stream()
                    .filter(set -> key != null && (key.equals(set.getKey()) || key.startsWith(set.getKey() + ".")))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(line);
        }
    }

    private ArmsFile(String file, YamlDocument document) {
        this.file = file;
        this.document = document;
        document.problems()
                .forEach(problem -> problems.add(new Problem(
                        problem.file(), problem.line(), withinArm(problem.key()), problem.problem(), problem.kind())));
    }

    /**
     * Reads a file; whether its settings are any is not looked at yet.
     *
     * @throws InvalidInputException with every problem: a file that cannot be read, YAML that cannot be parsed, no list of mappings,
     *     unknown and repeated keys, values that are no values of settings
     */
    public static ArmsFile read(Path yaml) {
        String file = yaml.toString();
        ArmsFile arms = new ArmsFile(file, YamlDocument.readTree(YamlDocument.text(yaml, "a list of arms"), file));
        arms.list(arms.document.tree());
        if (!arms.problems.isEmpty()) {
            throw sorted(arms.problems);
        }
        return arms;
    }

    /**
     * The arms, whose settings are settings of this configuration.
     *
     * @throws InvalidInputException with every problem, each with its line and key
     */
    public List<Arm> arms(RunConfig base) {
        List<Problem> wrong = new ArrayList<>();
        for (Entry entry : entries) {
            try {
                entry.arm.on(base);
            } catch (InvalidInputException e) {
                e.problems()
                        .forEach(problem -> wrong.add(new Problem(
                                file, entry.lineOf(problem.key()), problem.key(), problem.problem(), problem.kind())));
            }
        }
        if (!wrong.isEmpty()) {
            throw sorted(wrong);
        }
        return entries.stream().map(Entry::arm).toList();
    }

    private static InvalidInputException sorted(List<Problem> problems) {
        return new InvalidInputException(problems.stream()
                .sorted(Comparator.comparing(Problem::line, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList());
    }

    private void list(JsonNode root) {
        if (!(root instanceof ArrayNode list) || list.isEmpty()) {
            problems.add(new Problem(
                    file,
                    document.line(""),
                    null,
                    "must be a list of arms, such as - {name: bce, set: {loss.type: bce}}, found " + found(root),
                    "bad-yaml"));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            arm("[" + i + "]", list.get(i));
        }
    }

    private void arm(String path, JsonNode node) {
        if (!(node instanceof ObjectNode mapping)) {
            add(path, null, "an arm must be a mapping with name or set, found " + found(node), "bad-value");
            return;
        }
        String name = null;
        Map<String, Integer> lines = new LinkedHashMap<>();
        List<String> sets = List.of();
        for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
            String inner = path + "." + entry.getKey();
            switch (entry.getKey()) {
                case "name" -> name = name(inner, entry.getValue());
                case "set" -> sets = sets(inner, entry.getValue(), lines);
                default -> add(inner, entry.getKey(), "unknown key; known here: name, set", "unknown-key");
            }
        }
        try {
            Arm arm = name == null ? Arm.of(sets) : new Arm(name, sets);
            entries.add(new Entry(arm, line(path), lines));
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> add(path, "name", problem.problem(), problem.kind()));
        }
    }

    private @Nullable String name(String path, JsonNode node) {
        if (node.isTextual()) {
            return node.textValue();
        }
        add(path, "name", "must be a text, found " + found(node), "bad-value");
        return null;
    }

    private List<String> sets(String path, JsonNode node, Map<String, Integer> lines) {
        if (!(node instanceof ObjectNode mapping)) {
            add(path, "set", "must be a mapping such as {loss.type: bce}, found " + found(node), "bad-value");
            return List.of();
        }
        List<String> sets = new ArrayList<>();
        mapping.properties().forEach(entry -> {
            String inner = path + "." + entry.getKey();
            lines.put(entry.getKey(), line(inner));
            sets.add(entry.getKey() + "=" + value(inner, entry.getValue()));
        });
        return sets;
    }

    /** A value as overrides are written: plain where it can be, else quoted. */
    private String value(String path, JsonNode node) {
        if (node instanceof NullNode) {
            return "null";
        }
        if (node.isTextual()) {
            String text = node.textValue();
            boolean special = text.isBlank() || text.matches("(?s)[\\s\\[{\"'].*|.*\\s|null|~");
            return special ? quoted(text) : text;
        }
        if (node instanceof ArrayNode list && !list.isEmpty() && isOfScalars(list)) {
            return StreamSupport.stream(list.spliterator(), false)
                    .map(ArmsFile::element)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof ArrayNode list && list.isEmpty()) {
            return "[]";
        }
        add(path, withinArm(path), "must be a value or a list of values, found " + found(node), "bad-value");
        return "";
    }

    private static boolean isOfScalars(ArrayNode list) {
        return StreamSupport.stream(list.spliterator(), false).noneMatch(JsonNode::isContainerNode);
    }

    private static String element(JsonNode scalar) {
        String text = scalar.asText();
        return scalar instanceof NullNode
                ? "null"
                : text.matches("\\w[\\w.+/-]*") && !text.equals("null") ? text : quoted(text);
    }

    private static String quoted(String text) {
        try {
            return Json.MAPPER.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text must be writable as JSON", e);
        }
    }

    private static String found(JsonNode node) {
        if (node instanceof ArrayNode list) {
            return list.isEmpty() ? "an empty list" : "a list";
        }
        return node instanceof ObjectNode
                ? "a mapping"
                : node instanceof NullNode ? "nothing" : Excerpt.of(node.asText());
    }

    /** A key as it stands in its arm: {@code set.loss.type} of {@code [3].set.loss.type}. */
    private static @Nullable String withinArm(@Nullable String path) {
        String key = path == null ? "" : path.replaceFirst("^\\[\\d+\\]\\.?", "");
        return key.isEmpty() ? null : key;
    }

    private int line(String path) {
        Integer line = document.line(path);
        return line == null ? 1 : line;
    }

    private void add(String path, @Nullable String key, String problem, String kind) {
        problems.add(new Problem(file, line(path), key, problem, kind));
    }
}
