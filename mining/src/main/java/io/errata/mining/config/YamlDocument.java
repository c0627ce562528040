package io.errata.mining.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A YAML text as a tree, with the line of every key and the overrides put on top. Every scalar keeps its text, so that a class named
 * {@code 010} stays {@code 010} and {@code 1e-8}, a string to YAML 1.1, can still be a number: what a scalar is decides the setting
 * that it is for. Keys are addressed by their path, {@code section.key}, elements of lists by {@code list[0]}.
 */
public final class YamlDocument {

    private static final long MAX_BYTES = 16 << 20;
    /** A reader of YAML takes time that grows with the square of a line's length. */
    private static final int MAX_LINE = 100_000;

    private static final int MAX_FOUND = 200;

    private static final YAMLFactory FACTORY = new YAMLFactory();

    /** The tags that say what a value is anyway. */
    private static final Set<String> CORE_TAGS = Set.of("str", "int", "float", "bool", "null", "seq", "map");

    private final @Nullable String file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> overridden = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private ObjectNode root = JsonNodeFactory.instance.objectNode();
    private JsonNode tree = NullNode.getInstance();

    private YamlDocument(@Nullable String file) {
        this.file = file;
    }

    /**
     * Parses a text.
     *
     * @param text one YAML document, a mapping
     * @param file the file it is from, to be named in problems
     * @throws InvalidInputException if it is empty, not YAML or no mapping
     */
    static YamlDocument read(String text, @Nullable String file) {
        YamlDocument document = new YamlDocument(file);
        JsonNode tree = document.parse(text);
        if (tree instanceof ObjectNode mapping) {
            document.root = mapping;
            return document;
        }
        String found = tree instanceof NullNode
                ? "nothing"
                : tree instanceof ArrayNode ? "a list" : "only " + Excerpt.of(tree.toString());
        throw new InvalidInputException(new Problem(
                file,
                null,
                null,
                "must be a mapping of sections that says at least data: {train: SPEC}, found " + found,
                tree instanceof NullNode ? "empty-file" : "bad-yaml"));
    }

    /**
     * Parses a text that need not be a mapping.
     *
     * @param text one YAML document; an empty one is a {@link NullNode}
     * @param file the file it is from, to be named in problems
     * @throws InvalidInputException if it is not YAML
     */
    public static YamlDocument readTree(String text, String file) {
        YamlDocument document = new YamlDocument(file);
        document.tree = document.parse(text);
        return document;
    }

    /**
     * The text of a file in UTF-8.
     *
     * @param content what it should hold, such as {@code a configuration}
     * @throws InvalidInputException if it cannot be read, or is not text
     */
    public static String text(Path file, String content) {
        String name = file.toString();
        if (!Files.exists(file)) {
            throw new InvalidInputException(
                    Problem.inFile(name, "missing-file", "there is no such file; name " + content + " in YAML"));
        }
        if (!Files.isRegularFile(file)) {
            String found = Files.isDirectory(file) ? "a folder" : "a pipe or a device";
            throw new InvalidInputException(
                    Problem.inFile(name, "not-a-file", "must be " + content + " in YAML, found " + found));
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidInputException(Problem.inFile(
                        name,
                        "file-too-large",
                        "must be " + content + " of at most " + (MAX_BYTES >> 20) + " MiB, found "
                                + (Files.size(file) >> 20)));
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    Problem.inFile(name, "bad-yaml", "must be text in UTF-8, found other bytes"));
        } catch (IOException e) {
            throw new InvalidInputException(
                    Problem.inFile(name, "unreadable-file", "cannot be read: " + e.getMessage()));
        }
    }

    /** What {@link #readTree} read. */
    public JsonNode tree() {
        return tree;
    }

    /** The line of a key or an element; {@code null} where it is not known. The whole document's path is empty. */
    public @Nullable Integer line(String path) {
        return lines.get(path);
    }

    /** The mapping at the top. */
    ObjectNode root() {
        return root;
    }

    /** What was wrong with keys and overrides, beside what {@link #read} throws. */
    public List<Problem> problems() {
        return problems;
    }

    /** A problem of the key at {@code path}, placed in the file's line or at the override where it was given. */
    Problem problem(String path, String problem, String kind) {
        return isOverridden(path)
                ? new Problem("--set", null, path, problem, kind)
                : new Problem(file, lines.get(path), path, problem, kind);
    }

    /** Whether the key, or a section it is in, was given as an override. */
    boolean isOverridden(String path) {
        return overridden.stream()
                .anyMatch(key -> path.equals(key) || path.startsWith(key + ".") || path.startsWith(key + "["));
    }

    /** Notes that something is wrong with the key at {@code path}, or in it where it was a section. */
    void add(String path, String problem, String kind) {
        String given = overridden.stream()
                .filter(key -> key.startsWith(path + "."))
                .findFirst()
                .orElse(path);
        problems.add(problem(isOverridden(path) || lines.containsKey(path) ? path : given, problem, kind));
    }

    /** Takes out the key at {@code path}, if it is there. */
    Optional<JsonNode> remove(String path) {
        int dot = path.lastIndexOf('.');
        JsonNode section = dot < 0 ? root : root.at("/" + path.substring(0, dot).replace('.', '/'));
        return section instanceof ObjectNode mapping
                ? Optional.ofNullable(mapping.remove(path.substring(dot + 1)))
                : Optional.empty();
    }

    /** Puts a value at {@code path}, in sections that are made where they are not there. */
    void put(String path, JsonNode value) {
        List<String> keys = List.of(path.split("\\.", -1));
        ObjectNode section = root;
        for (String key : keys.subList(0, keys.size() - 1)) {
            section = section.get(key) instanceof ObjectNode inner ? inner : section.putObject(key);
        }
        section.set(keys.get(keys.size() - 1), value);
    }

    /** Puts overrides, each {@code section.key=value}, on top of the document, later ones over earlier ones. */
    void setAll(List<String> assignments) {
        assignments.forEach(this::set);
    }

    private void set(String assignment) {
        int equals = assignment.indexOf('=');
        String path = equals < 0 ? "" : assignment.substring(0, equals).strip();
        List<String> keys = List.of(path.split("\\.", -1));
        if (keys.stream().anyMatch(String::isBlank)) {
            problems.add(new Problem(
                    "--set", null, null, "must be section.key=value, found " + Excerpt.of(assignment), "bad-override"));
            return;
        }
        overridden.add(path);
        if (isInList(path)) {
            problems.add(problem(path, "must be set as a whole, as there are several: write the list", "bad-override"));
            return;
        }
        put(path, value(path, assignment.substring(equals + 1).strip()));
    }

    /** Whether a section on the way to a key is a list here. */
    private boolean isInList(String path) {
        JsonNode node = root;
        for (String key : path.split("\\.", -1)) {
            if (node instanceof ArrayNode) {
                return true;
            }
            node = node.path(key);
        }
        return false;
    }

    /** A list, mapping or quoted text is YAML; anything else is taken as it stands, so that a path may hold what YAML would read. */
    private JsonNode value(String path, String text) {
        if (text.isEmpty() || text.equals("null") || text.equals("~")) {
            return NullNode.getInstance();
        }
        if ("[{\"'".indexOf(text.charAt(0)) < 0) {
            return TextNode.valueOf(text);
        }
        YamlDocument value = new YamlDocument(null);
        try {
            return value.parse(text);
        } catch (InvalidInputException e) {
            value.problems.addAll(e.problems());
            return NullNode.getInstance();
        } finally {
            value.problems.forEach(problem -> problems.add(problem(path, problem.problem(), problem.kind())));
        }
    }

    private JsonNode parse(String text) {
        List<String> tooLong =
                text.lines().filter(line -> line.length() > MAX_LINE).toList();
        if (!tooLong.isEmpty()) {
            int line = text.lines().toList().indexOf(tooLong.get(0)) + 1;
            throw new InvalidInputException(new Problem(
                    file,
                    line,
                    null,
                    "a line must have at most " + MAX_LINE + " characters, found "
                            + tooLong.get(0).length() + ": " + Excerpt.of(tooLong.get(0)),
                    "bad-yaml"));
        }
        try (YAMLParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return NullNode.getInstance();
            }
            lines.put("", line(parser));
            JsonNode tree = node(parser, "");
            if (parser.nextToken() != null) {
                problems.add(
                        new Problem(file, line(parser), null, "must be one document, found a second one", "bad-yaml"));
            }
            return tree;
        } catch (IOException e) {
            throw new InvalidInputException(syntaxError(e, text));
        }
    }

    private JsonNode node(YAMLParser parser, String path) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.add(new Problem(
                    file,
                    line(parser),
                    path,
                    "must be a value, found the alias *" + Excerpt.of(parser.getText()),
                    "bad-yaml"));
            return NullNode.getInstance();
        }
        Object tag = parser.getTypeId();
        if (tag != null && !CORE_TAGS.contains(tag.toString())) {
            problems.add(new Problem(
                    file, line(parser), path, "must have no tag, found !!" + Excerpt.of(tag.toString()), "bad-yaml"));
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(parser, path);
            case START_ARRAY -> list(parser, path);
            case VALUE_NULL -> NullNode.getInstance();
            default -> TextNode.valueOf(parser.getText());
        };
    }

    private ObjectNode mapping(YAMLParser parser, String path) throws IOException {
        ObjectNode mapping = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String inner = path.isEmpty() ? key : path + "." + key;
            int line = line(parser);
            if (mapping.has(key)) {
                String problem = "must stand once, found before in line " + lines.get(inner);
                problems.add(new Problem(file, line, inner, problem, "repeated-key"));
            } else {
                lines.put(inner, line);
            }
            parser.nextToken();
            mapping.set(key, node(parser, inner));
        }
        return mapping;
    }

    private ArrayNode list(YAMLParser parser, String path) throws IOException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String element = path + "[" + list.size() + "]";
            lines.put(element, line(parser));
            list.add(node(parser, element));
        }
        return list;
    }

    private static int line(YAMLParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private Problem syntaxError(IOException error, String text) {
        String hint = "";
        Integer line = null;
        String what = String.valueOf(error.getMessage());
        if (error instanceof JsonProcessingException syntax) {
            line = syntax.getLocation() == null ? null : syntax.getLocation().getLineNr();
            what = syntax.getOriginalMessage();
        }
        if (error.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            line = marked.getProblemMark().getLine() + 1;
            what = marked.getProblem();
            hint = FlowText.hint(
                    text,
                    what,
                    marked.getProblemMark().getLine(),
                    marked.getProblemMark().getColumn());
        }
        return new Problem(
                file,
                line,
                null,
                "must be YAML: " + Excerpt.of(what.lines().findFirst().orElse(""), MAX_FOUND) + hint,
                "bad-yaml");
    }
}
