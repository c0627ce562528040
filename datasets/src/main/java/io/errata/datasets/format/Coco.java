package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * COCO object detection JSON. The file is read token by token, its parts in any order; masks are passed over and boxes held
 * packed, so that millions of them fit into a small heap. Images without
 * annotations are kept as background; {@code iscrowd} makes a crowd region and {@code area} is kept. Classes are all the categories
 * in the order of their ids, which may have gaps; an image's name is its {@code file_name}.
 */
public final class Coco {

    private final List<FileTree> folders;
    private final ReadingBuilder builder;
    private final CocoFile file;

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

    private Coco(CocoFile file, List<FileTree> folders, ReadingBuilder builder) {
        this.file = file;
        this.folders = folders;
        this.builder = builder;
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
        ReadingBuilder builder = new ReadingBuilder(options);
        CocoFile file = new CocoFile(json, true, builder);
        if (file.parse()) {
            new Coco(file, folders(json, images), builder).assemble();
        }
        List<String> classes = file.categories().values().stream()
                .sorted(Comparator.comparingDouble(CocoFile.Category::id))
                .map(CocoFile.Category::name)
                .distinct()
                .toList();
        return builder.reading(SourceLocation.of(json), classes);
    }

    /**
     * The ids behind the names, for files of results, which know nothing else.
     *
     * @throws InvalidInputException if it is no sound COCO file
     */
    public static Ids ids(Path json) {
        ReadingBuilder builder = new ReadingBuilder(ReadOptions.defaults().withoutOpeningImages());
        CocoFile file = new CocoFile(json, false, builder);
        file.parse();
        builder.throwProblems();
        Map<String, String> images = new LinkedHashMap<>();
        Map<String, String> classes = new LinkedHashMap<>();
        file.images().forEach((id, image) -> images.put(file.imageIds().id(id), image.name()));
        file.categories()
                .forEach((id, category) -> classes.put(file.categoryIds().id(id), category.name()));
        return new Ids(images, classes);
    }

    private static List<FileTree> folders(Path json, @Nullable Path images) {
        if (images != null) {
            return List.of(new FileTree(images));
        }
        Path beside = FileTree.folderOf(json);
        return List.of(
                new FileTree(beside),
                new FileTree(beside.resolve("images")),
                new FileTree(FileTree.folderOf(beside).resolve("images")));
    }

    private void assemble() {
        tellDangling();
        CocoAnnotations.Grouped grouped =
                file.annotations().byImage(file.imageIds().size());
        file.images().forEach((number, image) -> {
            if (builder.wants(image.name())) {
                add(image, candidates(grouped.of(number)));
            }
        });
    }

    /** Tells the annotations whose image, or whose category on a wanted image, is not there. */
    private void tellDangling() {
        CocoAnnotations annotations = file.annotations();
        for (int i = 0; i < annotations.size(); i++) {
            CocoFile.Image image = file.images().get(annotations.image(i));
            if (image == null) {
                String id = file.imageIds().id(annotations.image(i));
                builder.report(file.place(i), "unknown-image", "image_id must be an image's, found " + shown(id));
            } else if (!file.categories().containsKey(annotations.category(i)) && builder.wants(image.name())) {
                String id = file.categoryIds().id(annotations.category(i));
                builder.report(file.place(i), "unknown-class", "category_id must be a category's, found " + shown(id));
            }
        }
    }

    private List<RawAnnotation> candidates(int[] indices) {
        CocoAnnotations annotations = file.annotations();
        List<RawAnnotation> candidates = new ArrayList<>(indices.length);
        for (int i : indices) {
            CocoFile.Category category = file.categories().get(annotations.category(i));
            if (category != null) {
                GroundTruth object = new GroundTruth(
                        category.name(), annotations.box(i), annotations.area(i), false, annotations.crowd(i));
                candidates.add(new RawAnnotation(file.place(i), object, annotations.found(i)));
            }
        }
        return candidates;
    }

    private void add(CocoFile.Image image, List<RawAnnotation> objects) {
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

    private static String shown(String id) {
        return id.isEmpty() ? "none" : id;
    }
}
