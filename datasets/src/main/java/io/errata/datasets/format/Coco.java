package io.errata.datasets.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * COCO object detection JSON. The file is read one element at a time, its parts in any order; masks are passed over. Images without
 * annotations are kept as background; {@code iscrowd} makes a crowd region and {@code area} is kept. Classes are all the categories
 * in the order of their ids, which may have gaps; an image's name is its {@code file_name}.
 */
public final class Coco {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build());

    private final Path file;
    private final List<FileTree> folders;
    private final ReadingBuilder builder;
    private final Map<String, Image> images = new LinkedHashMap<>();
    private final List<Annotation> annotations = new ArrayList<>();
    private final Map<String, Category> categories = new LinkedHashMap<>();

    /**
     * What ids stand for; an id is given as it is written, such as {@code "17"}.
     *
     * @param images image names by id
     * @param classes class names by category id
     */
    public record Ids(Map<String, String> images, Map<String, String> classes) {

        public Ids {
            images = Map.copyOf(images);
            classes = Map.copyOf(classes);
        }
    }

    private record Image(Place place, String name, @Nullable ImageSize declared) {}

    private record Annotation(
            Place place, String image, String category, Box box, double area, boolean crowd, String found) {}

    private record Category(double id, String name) {}

    private Coco(Path file, @Nullable Path imageFolder, ReadOptions options) {
        this.file = file;
        Path beside = FileTree.folderOf(file);
        this.folders = imageFolder != null
                ? List.of(new FileTree(imageFolder))
                : List.of(
                        new FileTree(beside),
                        new FileTree(beside.resolve("images")),
                        new FileTree(FileTree.folderOf(beside).resolve("images")));
        this.builder = new ReadingBuilder(options);
    }

    /**
     * A data set whose images lie beside the JSON file, or in a folder {@code images} there or one up.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path json) {
        return inspect(json, null, ReadOptions.defaults()).orThrow();
    }

    /**
     * A data set whose images lie in a folder of their own.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path json, Path images) {
        return inspect(json, images, ReadOptions.defaults()).orThrow();
    }

    /**
     * Reads what is good and tells what is not. Nothing is good of a file that is no whole JSON: its images would all seem background.
     *
     * @param images the folder of the images, or {@code null} as for {@link #read(Path)}
     */
    public static Reading inspect(Path json, @Nullable Path images, ReadOptions options) {
        Coco coco = new Coco(json, images, options);
        if (coco.parse()) {
            coco.assemble();
        }
        List<String> classes = coco.categories.values().stream()
                .sorted(Comparator.comparingDouble(Category::id))
                .map(Category::name)
                .distinct()
                .toList();
        return coco.builder.reading(Place.of(json), classes);
    }

    /**
     * The ids behind the names, for files of results, which know nothing else.
     *
     * @throws InvalidInputException if it is no sound COCO file
     */
    public static Ids ids(Path json) {
        Coco coco = new Coco(json, null, ReadOptions.defaults().withoutOpeningImages());
        coco.parse();
        coco.builder.throwProblems();
        Map<String, String> images = new LinkedHashMap<>();
        Map<String, String> categories = new LinkedHashMap<>();
        coco.images.forEach((id, image) -> images.put(id, image.name()));
        coco.categories.forEach((id, category) -> categories.put(id, category.name()));
        return new Ids(images, categories);
    }

    private boolean parse() {
        if (!Files.isRegularFile(file)) {
            builder.report(Place.of(file), "missing-file", "COCO file must exist; correct its name");
            return false;
        }
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            return parse(parser);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            builder.report(
                    Place.of(file, line, null),
                    "broken-json",
                    "COCO file must be whole JSON, found: "
                            + e.getOriginalMessage().replaceAll("\\s+", " "));
        } catch (IOException e) {
            builder.report(Place.of(file), "unreadable-file", "COCO file must be readable, found " + e);
        }
        return false;
    }

    private boolean parse(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            builder.report(
                    Place.of(file, 1, null),
                    "missing-key",
                    "COCO file must be an object with images, annotations and categories; a list may be of detections");
            return false;
        }
        List<String> missing = new ArrayList<>(List.of("images", "annotations", "categories"));
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && missing.remove(key)) {
                parseElements(parser, key);
            } else {
                parser.skipChildren();
            }
        }
        for (String key : missing) {
            builder.report(Place.ofKey(file, key), "missing-key", "COCO file must have a list " + key + ", found none");
        }
        return missing.isEmpty();
    }

    private void parseElements(JsonParser parser, String key) throws IOException {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            int line = parser.currentTokenLocation().getLineNr();
            JsonNode element = JSON.readTree(parser);
            Place place = Place.of(file, line, key + "[" + i + "]");
            switch (key) {
                case "images" -> image(place, element);
                case "annotations" -> annotation(place, element);
                default -> category(place, element);
            }
        }
    }

    private void image(Place place, JsonNode node) {
        String id = node.path("id").asText();
        String name = node.path("file_name").asText();
        if (id.isEmpty() || name.isEmpty()) {
            builder.report(place, "missing-key", "an image must have an id and a file_name, found " + shown(node));
            return;
        }
        int width = node.path("width").asInt();
        int height = node.path("height").asInt();
        ImageSize declared = width > 0 && height > 0 ? new ImageSize(width, height) : null;
        if (images.putIfAbsent(id, new Image(place, name, declared)) != null) {
            builder.report(place, "duplicate-id", "id of an image must be unique, found " + id + " again");
        }
    }

    private void annotation(Place place, JsonNode node) {
        JsonNode bbox = node.path("bbox");
        double[] side = new double[4];
        for (int i = 0; i < 4; i++) {
            JsonNode number = bbox.path(i);
            side[i] = bbox.size() == 4 && number.isNumber() ? number.doubleValue() : Double.NaN;
        }
        Box box = Box.ofSize(side[0], side[1], side[2], side[3]);
        double area = node.path("area").asDouble(Double.NaN);
        annotations.add(new Annotation(
                place,
                node.path("image_id").asText(),
                node.path("category_id").asText(),
                box,
                Double.isFinite(area) && area >= 0 ? area : box.area(),
                node.path("iscrowd").asInt() != 0 || node.path("iscrowd").asBoolean(),
                "bbox " + shown(bbox)));
    }

    private void category(Place place, JsonNode node) {
        String id = node.path("id").asText();
        String name = node.path("name").asText().strip();
        if (id.isEmpty() || name.isEmpty()) {
            builder.report(place, "missing-key", "a category must have an id and a name, found " + shown(node));
        } else if (categories.putIfAbsent(id, new Category(node.path("id").asDouble(), name)) != null) {
            builder.report(place, "duplicate-id", "id of a category must be unique, found " + id + " again");
        }
    }

    private void assemble() {
        Map<String, List<Candidate>> candidates = new HashMap<>();
        images.forEach((id, image) -> {
            if (builder.wants(image.name())) {
                candidates.put(id, new ArrayList<>());
            }
        });
        annotations.forEach(annotation -> assign(annotation, candidates.get(annotation.image())));
        images.forEach((id, image) -> {
            List<Candidate> objects = candidates.get(id);
            if (objects != null) {
                add(image, objects);
            }
        });
    }

    /** Puts an annotation to the others of its image, which are {@code null} for an image that is not wanted, or not there. */
    private void assign(Annotation annotation, @Nullable List<Candidate> objects) {
        Category category = categories.get(annotation.category());
        if (!images.containsKey(annotation.image())) {
            builder.report(
                    annotation.place(), "unknown-image", "image_id must be an image's, found " + annotation.image());
        } else if (objects != null && category == null) {
            builder.report(
                    annotation.place(),
                    "unknown-class",
                    "category_id must be a category's, found " + annotation.category());
        } else if (objects != null && category != null) {
            GroundTruth object =
                    new GroundTruth(category.name(), annotation.box(), annotation.area(), false, annotation.crowd());
            objects.add(new Candidate(annotation.place(), object, annotation.found()));
        }
    }

    private void add(Image image, List<Candidate> objects) {
        List<Path> paths = folders.stream()
                .flatMap(folder -> folder.resolve(image.name()).stream())
                .toList();
        if (paths.isEmpty()) {
            builder.report(image.place(), "bad-value", "file_name must be a path, found " + image.name());
            return;
        }
        Path path = builder.opensImages()
                ? paths.stream().filter(Files::isRegularFile).findFirst().orElse(paths.get(0))
                : paths.get(0);
        builder.size(image.place(), path, image.declared())
                .ifPresent(size -> builder.add(image.place(), image.name(), path, size, objects));
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
