package io.errata.datasets.format;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file says that a YOLO data set is named by: Ultralytics' {@code data.yaml}, darknet's {@code obj.data}, or a list of classes
 * ({@code classes.txt}, {@code obj.names}) in the folder of the images.
 *
 * @param file the file
 * @param root the folder that paths stand relative to
 * @param classes class names by index
 * @param splits folders and lists of images by split; a set that names none has all images below {@code root}
 * @param keyPoints how many numbers of key points follow each box; −1 where the file says nothing of key points
 */
record YoloFile(
        Path file, Path root, SortedMap<Integer, String> classes, Map<String, List<String>> splits, int keyPoints) {

    /** The splits that a file may name; {@code valid} is another word for {@code val}. */
    private static final List<String> SPLITS = List.of("train", "val", "valid", "test");

    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(\\w+)\\s*=\\s*(.*?)\\s*");

    /** Reads the file; empty, and problems reported, where it cannot be read or names no classes. */
    static Optional<YoloFile> read(Path file, ReadingBuilder builder) {
        Optional<List<String>> lines = builder.lines(file);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String name = FileTree.fileName(file).toLowerCase(Locale.ROOT);
        if (name.endsWith(".data")) {
            return darknet(file, lines.get(), builder);
        }
        if (name.endsWith(".names") || name.endsWith(".txt")) {
            SortedMap<Integer, String> classes = names(lines.get());
            return checked(new YoloFile(file, FileTree.folderOf(file), classes, Map.of(), -1), builder);
        }
        return yaml(file, lines.get(), builder);
    }

    /** The splits in their order, each once. */
    List<String> splitNames() {
        return List.copyOf(splits.keySet());
    }

    private static Optional<YoloFile> yaml(Path file, List<String> lines, ReadingBuilder builder) {
        JsonNode data;
        try {
            data = YamlText.read(String.join("\n", lines));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            builder.report(
                    SourceLocation.of(file, line, null),
                    "broken-yaml",
                    "data.yaml must be YAML, found: " + e.getOriginalMessage().replaceAll("\\s+", " "));
            return Optional.empty();
        } catch (IOException e) {
            builder.report(SourceLocation.of(file), "unreadable-file", "data.yaml must be readable, found " + e);
            return Optional.empty();
        }
        FileTree beside = new FileTree(FileTree.folderOf(file));
        Path root = beside.resolve(data.path("path").asText())
                .filter(Files::isDirectory)
                .orElse(beside.root());
        Map<String, List<String>> splits = new LinkedHashMap<>();
        for (String key : SPLITS) {
            List<String> values = texts(data.path(key));
            if (!values.isEmpty()) {
                splits.putIfAbsent(key.equals("valid") ? "val" : key, values);
            }
        }
        SortedMap<Integer, String> classes = names(data, file, builder);
        return checked(new YoloFile(file, root, classes, splits, keyPoints(data, file, builder)), builder);
    }

    private static Optional<YoloFile> darknet(Path file, List<String> lines, ReadingBuilder builder) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (assignment.matches()) {
                values.putIfAbsent(assignment.group(1), assignment.group(2));
            }
        }
        Path root = FileTree.folderOf(file);
        Map<String, List<String>> splits = new LinkedHashMap<>();
        for (String key : SPLITS) {
            String value = values.getOrDefault(key, "");
            if (!value.isEmpty()) {
                splits.putIfAbsent(key.equals("valid") ? "val" : key, List.of(value));
            }
        }
        String named = values.getOrDefault("names", "");
        SortedMap<Integer, String> classes = new TreeMap<>();
        if (!named.isEmpty()) {
            Path list = YoloPaths.find(root, named).orElse(root.resolve(named));
            builder.lines(list).ifPresent(found -> classes.putAll(names(found)));
        }
        return checked(new YoloFile(file, root, classes, splits, -1), builder);
    }

    private static Optional<YoloFile> checked(YoloFile read, ReadingBuilder builder) {
        SourceLocation place = SourceLocation.ofKey(read.file, "names");
        Map<String, Integer> first = new LinkedHashMap<>();
        read.classes.forEach((index, label) -> {
            Integer other = first.putIfAbsent(label, index);
            if (other != null) {
                builder.report(
                        place,
                        "duplicate-name",
                        "names of classes must differ, found " + label + " for the indices " + other + " and " + index
                                + "; rename one, or they are taken for one class");
            }
        });
        if (read.classes.isEmpty()) {
            builder.report(place, "missing-key", "a YOLO data set must name its classes, found none");
        }
        return Optional.of(read);
    }

    private static SortedMap<Integer, String> names(List<String> lines) {
        SortedMap<Integer, String> names = new TreeMap<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                names.put(names.size(), line.strip());
            }
        }
        return names;
    }

    private static SortedMap<Integer, String> names(JsonNode data, Path file, ReadingBuilder builder) {
        SortedMap<Integer, String> classes = new TreeMap<>();
        JsonNode names = data.path("names");
        names.properties().forEach(entry -> {
            double id = RawAnnotation.number(entry.getKey());
            if (id >= 0 && id == Math.rint(id)) {
                classes.put((int) id, entry.getValue().asText().strip());
            } else {
                builder.report(
                        SourceLocation.ofKey(file, "names"),
                        "bad-value",
                        "a class index must be an integer, found " + entry.getKey());
            }
        });
        if (names.isArray()) {
            names.forEach(name -> classes.put(classes.size(), name.asText().strip()));
        }
        double count = RawAnnotation.number(data.path("nc").asText());
        SourceLocation place = SourceLocation.ofKey(file, "nc");
        if (names.isArray() && !classes.isEmpty() && Double.isFinite(count) && count != classes.size()) {
            builder.report(
                    place,
                    "bad-value",
                    "nc must be the number of names, " + classes.size() + ", found "
                            + data.path("nc").asText());
        } else if (data.path("names").isMissingNode() && count >= 1 && count <= 100_000 && count == Math.rint(count)) {
            for (int i = 0; i < count; i++) {
                classes.put(i, Integer.toString(i));
            }
            builder.note("classes-without-names", file + " names no classes: they are called by their indices");
        }
        return classes;
    }

    /** N key points of D numbers each; −1 where there are none. */
    private static int keyPoints(JsonNode data, Path file, ReadingBuilder builder) {
        JsonNode shape = data.path("kpt_shape");
        if (shape.isMissingNode() || shape.isNull()) {
            return -1;
        }
        double points = RawAnnotation.number(shape.path(0).asText());
        double numbers = RawAnnotation.number(shape.path(1).asText());
        boolean valid = shape.size() == 2
                && points >= 1
                && points <= 100_000
                && points == Math.rint(points)
                && (numbers == 2 || numbers == 3);
        if (!valid) {
            builder.report(
                    SourceLocation.ofKey(file, "kpt_shape"),
                    "bad-value",
                    "kpt_shape must be [N, 2] or [N, 3], the key points of an object and the numbers of each, found "
                            + shape);
            return -1;
        }
        return (int) (points * numbers);
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(part -> texts.add(part.asText()));
        } else {
            texts.add(requireNonNullElse(value.textValue(), ""));
        }
        texts.removeIf(String::isBlank);
        return texts;
    }
}
