package io.errata.datasets.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.errata.core.geometry.Box;
import io.errata.core.problem.Excerpt;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads {@link Yolo}. */
final class YoloReader {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final List<String> SPLITS = List.of("train", "val", "test");

    private final Path yaml;
    private final ReadingBuilder builder;
    private final SortedMap<Integer, String> classes = new TreeMap<>();
    private FileTree tree;

    private YoloReader(Path yaml, ReadOptions options) {
        this.yaml = yaml;
        this.builder = new ReadingBuilder(options);
        this.tree = new FileTree(FileTree.folderOf(yaml));
    }

    /** Reads what is valid and reports what is not; a split of {@code null} means all. */
    static Reading read(Path yaml, @Nullable String split, ReadOptions options) {
        YoloReader yolo = new YoloReader(yaml, options);
        yolo.parse().ifPresent(data -> yolo.read(data, split));
        return yolo.builder.reading(
                SourceLocation.of(yaml),
                yolo.classes.values().stream().distinct().toList());
    }

    /** The splits that the YAML file names; none where it cannot be read. */
    static List<String> splits(Path yaml) {
        return new YoloReader(yaml, ReadOptions.defaults())
                .parse()
                .map(data -> SPLITS.stream().filter(data::has).toList())
                .orElse(List.of());
    }

    private Optional<JsonNode> parse() {
        Optional<List<String>> lines = builder.lines(yaml);
        try {
            return lines.isEmpty() ? Optional.empty() : Optional.of(YAML.readTree(String.join("\n", lines.get())));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            builder.report(
                    SourceLocation.of(yaml, line, null),
                    "broken-yaml",
                    "data.yaml must be YAML, found: " + e.getOriginalMessage().replaceAll("\\s+", " "));
        }
        return Optional.empty();
    }

    private void read(JsonNode data, @Nullable String split) {
        readNames(data.path("names"));
        tree.resolve(data.path("path").asText())
                .filter(Files::isDirectory)
                .ifPresent(root -> tree = new FileTree(root));
        List<String> keys = split == null ? SPLITS : List.of(split.equals("valid") && !data.has(split) ? "val" : split);
        Set<Path> images = new LinkedHashSet<>();
        for (String key : keys) {
            JsonNode value = data.path(key);
            if (value.isTextual()) {
                collect(key, value.asText(), images);
            } else if (value.isArray()) {
                value.forEach(part -> collect(key, part.asText(), images));
            } else if (split != null) {
                builder.report(
                        SourceLocation.ofKey(yaml, key),
                        "missing-split",
                        "data.yaml must have the split asked for, found no " + key);
            }
        }
        if (!images.isEmpty() && images.stream().map(YoloReader::labelsOf).noneMatch(Files::exists)) {
            builder.report(
                    SourceLocation.of(yaml),
                    "missing-annotation",
                    "one image at least must have a label file, empty if all are background; found no "
                            + labelsOf(images.iterator().next()));
        } else if (!classes.isEmpty()) {
            images.forEach(this::readImage);
            if (builder.thorough() && builder.wantsAll()) {
                reportLeftOver(images);
            }
        }
    }

    private void readNames(JsonNode names) {
        if (names.isArray()) {
            names.forEach(name -> classes.put(classes.size(), name.asText()));
        }
        names.properties().forEach(entry -> {
            double id = RawAnnotation.number(entry.getKey());
            if (id >= 0 && id == Math.rint(id)) {
                classes.put((int) id, entry.getValue().asText());
            } else {
                builder.report(
                        SourceLocation.ofKey(yaml, "names"),
                        "bad-value",
                        "a class index must be an integer, found " + entry.getKey());
            }
        });
        if (classes.isEmpty()) {
            builder.report(
                    SourceLocation.ofKey(yaml, "names"),
                    "missing-key",
                    "data.yaml must name its classes, found " + names);
        }
    }

    /** Adds the images that one value of a split stands for. */
    private void collect(String key, String value, Set<Path> images) {
        List<Path> found = Stream.of(value, value.replaceFirst("^\\.\\./", ""))
                .flatMap(path -> tree.resolve(path).stream())
                .filter(Files::exists)
                .toList();
        Optional<Path> within =
                found.stream().filter(path -> builder.mayLead(tree, path)).findFirst();
        try {
            if (found.isEmpty()) {
                builder.report(
                        SourceLocation.ofKey(yaml, key),
                        "missing-folder",
                        "images must be a folder or a list below " + tree.root() + ", found no " + value);
            } else if (within.isEmpty()) {
                builder.reportOutside(SourceLocation.ofKey(yaml, key), found.get(0));
            } else if (Files.isDirectory(within.get())) {
                builder.files(tree, within.get(), ImageFile::isImageName).forEach(file -> images.add(file.normalize()));
            } else {
                collectListed(within.get(), images);
            }
        } catch (IOException e) {
            builder.report(SourceLocation.ofKey(yaml, key), "unreadable-file", "images must be readable, found " + e);
        }
    }

    private void collectListed(Path list, Set<Path> images) {
        FileTree beside = new FileTree(FileTree.folderOf(list));
        int number = 0;
        for (String line : builder.lines(list).orElse(List.of())) {
            number++;
            String name = line.strip();
            Optional<Path> image = beside.resolve(name)
                    .filter(Files::isRegularFile)
                    .or(() -> tree.resolve(name).filter(Files::isRegularFile));
            if (image.isPresent()) {
                images.add(image.get().normalize());
            } else if (!name.isEmpty() && builder.wants(name)) {
                builder.report(
                        SourceLocation.of(list, number, null),
                        "missing-image",
                        "a listed image must exist, found no " + name);
            }
        }
    }

    private void readImage(Path image) {
        String name = tree.nameOf(image);
        SourceLocation place = SourceLocation.of(image);
        if (!builder.wants(name) || !builder.admits(place, tree, image)) {
            return;
        }
        Path labels = labelsOf(image);
        Optional<List<String>> lines = Optional.of(List.of());
        if (Files.exists(labels)) {
            lines = builder.admits(SourceLocation.of(labels), tree, labels) ? builder.lines(labels) : Optional.empty();
        }
        if (lines.isPresent()) {
            List<String> found = lines.get();
            builder.size(place, image, null)
                    .ifPresent(size -> builder.add(place, name, image, size, candidates(labels, found, size)));
        }
    }

    /** Reports label files without an image, in the folders where the images' labels lie. */
    private void reportLeftOver(Set<Path> images) {
        Set<Path> labels = images.stream().map(YoloReader::labelsOf).collect(Collectors.toSet());
        Set<Path> folders = labels.stream()
                .map(FileTree::folderOf)
                .filter(folder ->
                        Files.isDirectory(folder) && !folder.toString().isEmpty())
                .filter(folder -> StreamSupport.stream(folder.spliterator(), false)
                        .anyMatch(part -> part.toString().equals("labels")))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Path folder : folders) {
            try {
                new FileTree(folder)
                        .files(name -> name.endsWith(".txt") && !name.equals("classes.txt"), link -> false).stream()
                                .filter(file -> FileTree.folderOf(file).equals(folder) && !labels.contains(file))
                                .forEach(file -> builder.report(
                                        SourceLocation.of(file),
                                        "missing-image",
                                        "labels must have their image, found none; delete them"));
            } catch (IOException e) {
                builder.report(SourceLocation.of(folder), "unreadable-file", "labels must be readable, found " + e);
            }
        }
    }

    /** The last folder called "images" becomes "labels"; without one, labels lie beside the image. */
    static Path labelsOf(Path image) {
        String labels = ImageFile.withoutEnding(FileTree.fileName(image)) + ".txt";
        Path folder = FileTree.folderOf(image);
        for (int i = folder.getNameCount() - 1; i >= 0; i--) {
            if (folder.getName(i).toString().equals("images")) {
                Path images = ancestor(folder, folder.getNameCount() - 1 - i);
                return images.resolveSibling("labels")
                        .resolve(images.relativize(folder))
                        .resolve(labels);
            }
        }
        return folder.resolve(labels);
    }

    private static Path ancestor(Path folder, int steps) {
        return steps == 0 ? folder : ancestor(FileTree.folderOf(folder), steps - 1);
    }

    private List<RawAnnotation> candidates(Path labels, List<String> lines, ImageSize size) {
        List<RawAnnotation> candidates = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                candidate(SourceLocation.of(labels, i + 1, null), lines.get(i).strip(), size)
                        .ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private Optional<RawAnnotation> candidate(SourceLocation place, String line, ImageSize size) {
        String[] words = line.split("\\s+");
        double id = RawAnnotation.number(words[0]);
        String label = id == Math.rint(id) ? classes.get((int) id) : null;
        Box box = box(words, size);
        if (label == null && !Double.isNaN(id)) {
            builder.report(
                    place,
                    "unknown-class",
                    "class must be one of the indices " + classes.keySet() + " of " + yaml + ", found " + words[0]);
            return Optional.empty();
        }
        Box known = label == null ? new Box(Double.NaN, Double.NaN, Double.NaN, Double.NaN) : box;
        return Optional.of(
                new RawAnnotation(place, GroundTruth.of(label == null ? "" : label, known), Excerpt.of(line)));
    }

    /** The box in pixels; NaN where the line is neither a box nor a polygon of numbers. */
    private static Box box(String[] words, ImageSize size) {
        double[] numbers = new double[words.length - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = RawAnnotation.number(words[i + 1]) * (i % 2 == 0 ? size.width() : size.height());
        }
        if (numbers.length == 4) {
            return Box.ofSize(numbers[0] - numbers[2] / 2, numbers[1] - numbers[3] / 2, numbers[2], numbers[3]);
        }
        if (numbers.length < 6 || numbers.length % 2 != 0) {
            return new Box(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        Box box = new Box(numbers[0], numbers[1], numbers[0], numbers[1]);
        for (int i = 2; i < numbers.length; i += 2) {
            box = new Box(
                    Math.min(box.x1(), numbers[i]),
                    Math.min(box.y1(), numbers[i + 1]),
                    Math.max(box.x2(), numbers[i]),
                    Math.max(box.y2(), numbers[i + 1]));
        }
        return box;
    }
}
