package io.errata.mining.ablation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.files.Json;
import io.errata.mining.config.RunConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Arms written down in YAML: a list of mappings, {@code - {name: bce, set: {loss.type: bce}}}. A name that is not given is made of the
 * settings; without {@code set} the arm is the configuration as it is. Values are scalars or lists of them.
 */
public final class ArmsFile {

    private final String file;
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

    private ArmsFile(String file) {
        this.file = file;
    }

    /**
     * Reads a file; whether its settings are any is not looked at yet.
     *
     * @throws InvalidInputException with every problem: a file that cannot be read, YAML that cannot be parsed, no list of mappings,
     *     unknown and repeated keys, values that are no values of settings
     */
    public static ArmsFile read(Path yaml) {
        ArmsFile arms = new ArmsFile(yaml.toString());
        arms.list(arms.compose(arms.text(yaml)));
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

    private String text(Path yaml) {
        try {
            return Files.readString(yaml);
        } catch (CharacterCodingException e) {
            throw bad(null, "must be text in UTF-8, found other bytes");
        } catch (IOException e) {
            throw new InvalidInputException(Problem.inFile(
                    file,
                    "unreadable-file",
                    "must be a file that can be read, found " + e.getClass().getSimpleName()));
        }
    }

    private @Nullable Node compose(String text) {
        try {
            return new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Integer line =
                    e.getProblemMark() == null ? null : e.getProblemMark().getLine() + 1;
            throw bad(line, "must be YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw bad(
                    null,
                    "must be YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private InvalidInputException bad(@Nullable Integer line, String problem) {
        return new InvalidInputException(new Problem(file, line, null, problem, "bad-yaml"));
    }

    private void list(@Nullable Node root) {
        if (!(root instanceof SequenceNode list) || list.getValue().isEmpty()) {
            throw bad(
                    root == null ? null : line(root),
                    "must be a list of arms, such as - {name: bce, set: {loss.type: bce}}, found "
                            + (root == null ? "nothing" : found(root)));
        }
        list.getValue().forEach(this::arm);
    }

    private void arm(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            add(node, null, "an arm must be a mapping with name or set, found " + found(node), "bad-value");
            return;
        }
        String name = null;
        Map<String, Integer> lines = new LinkedHashMap<>();
        List<String> sets = List.of();
        for (Map.Entry<String, NodeTuple> key : keys(mapping, "").entrySet()) {
            Node value = key.getValue().getValueNode();
            switch (key.getKey()) {
                case "name" -> name = name(value);
                case "set" -> sets = sets(value, lines);
                default ->
                    add(key.getValue().getKeyNode(), key.getKey(), "unknown key; known here: name, set", "unknown-key");
            }
        }
        try {
            Arm arm = name == null ? Arm.of(sets) : new Arm(name, sets);
            entries.add(new Entry(arm, line(node), lines));
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> add(node, "name", problem.problem(), problem.kind()));
        }
    }

    private @Nullable String name(Node node) {
        if (node instanceof ScalarNode scalar && !isNull(scalar)) {
            return scalar.getValue();
        }
        add(node, "name", "must be a text, found " + found(node), "bad-value");
        return null;
    }

    private List<String> sets(Node node, Map<String, Integer> lines) {
        if (!(node instanceof MappingNode mapping)) {
            add(node, "set", "must be a mapping such as {loss.type: bce}, found " + found(node), "bad-value");
            return List.of();
        }
        List<String> sets = new ArrayList<>();
        keys(mapping, "set.").forEach((key, tuple) -> {
            lines.put(key, line(tuple.getKeyNode()));
            sets.add(key + "=" + value("set." + key, tuple.getValueNode()));
        });
        return sets;
    }

    /** The keys of a mapping in their order, each once. */
    private Map<String, NodeTuple> keys(MappingNode mapping, String path) {
        Map<String, NodeTuple> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                add(tuple.getKeyNode(), null, "a key must be a text, found " + found(tuple.getKeyNode()), "bad-value");
            } else {
                NodeTuple before = keys.putIfAbsent(key.getValue(), tuple);
                if (before != null) {
                    String where = "must stand once, found before in line " + line(before.getKeyNode());
                    add(key, path + key.getValue(), where, "repeated-key");
                }
            }
        }
        return keys;
    }

    /** A value as overrides are written: plain where it can be, else quoted. */
    private String value(String key, Node node) {
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue();
            boolean special = text.isBlank() || text.matches("(?s)[\\s\\[{\"'].*|.*\\s|null|~");
            return isNull(scalar) ? "null" : special ? quoted(text) : text;
        }
        if (node instanceof SequenceNode list && list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            return list.getValue().stream()
                    .map(element -> element((ScalarNode) element))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        add(node, key, "must be a value or a list of values, found " + found(node), "bad-value");
        return "";
    }

    private static String element(ScalarNode scalar) {
        String text = scalar.getValue();
        return isNull(scalar) ? "null" : text.matches("\\w[\\w.+/-]*") && !text.equals("null") ? text : quoted(text);
    }

    private static String quoted(String text) {
        try {
            return Json.MAPPER.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text must be writable as JSON", e);
        }
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String found(Node node) {
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue();
            return isNull(scalar) ? "nothing" : Excerpt.of(text);
        }
        return node instanceof SequenceNode list ? list.getValue().isEmpty() ? "an empty list" : "a list" : "a mapping";
    }

    private void add(Node node, @Nullable String key, String problem, String kind) {
        problems.add(new Problem(file, line(node), key, problem, kind));
    }
}
