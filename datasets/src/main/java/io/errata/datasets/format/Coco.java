package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * COCO object detection JSON. The file is read token by token, its parts in any order; masks are passed over and boxes held
 * packed, so that millions of them fit into a small heap. Images without
 * annotations are kept as background; {@code iscrowd} makes a crowd region and {@code area} is kept. Classes are all the categories
 * in the order of their ids, which may have gaps; an image's name is its {@code file_name}.
 */
public final class Coco implements AnnotationFormat {

    private static final Coco FORMAT = new Coco();

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

    private Coco() {}

    /** The format, for {@link DatasetWriter} and for lists. */
    public static AnnotationFormat format() {
        return FORMAT;
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
     * Reads what is valid and reports what is not. Nothing of a truncated JSON file is valid: its images would all seem background.
     *
     * @param images the folder of the images, or {@code null} as for {@link #read(Path)}
     */
    public static Reading inspect(Path json, @Nullable Path images, ReadOptions options) {
        return CocoReader.read(json, images, options);
    }

    /**
     * The ids behind the names, for files of results, which know nothing else.
     *
     * @throws InvalidInputException if it is no whole COCO file; what is wrong in it is for {@link #inspect} to tell
     */
    public static Ids ids(Path json) {
        ReadingBuilder builder = new ReadingBuilder(ReadOptions.defaults().withoutOpeningImages());
        CocoFile file = new CocoFile(json, false, builder);
        if (!file.parse()) {
            builder.throwProblems();
        }
        Map<String, String> images = new LinkedHashMap<>();
        Map<String, String> classes = new LinkedHashMap<>();
        file.images().forEach((id, image) -> images.put(file.imageIds().id(id), image.name()));
        file.categories()
                .forEach((id, category) -> classes.put(file.categoryIds().id(id), category.name()));
        return new Ids(images, classes);
    }

    @Override
    public String name() {
        return "coco";
    }

    @Override
    public String description() {
        return "COCO object detection JSON";
    }

    @Override
    public String target() {
        return "FILE.json";
    }

    @Override
    public Part part() {
        return Part.IMAGES;
    }

    @Override
    public Reading read(DatasetLocation location, ReadOptions options) {
        return inspect(location.path(), location.images(), options);
    }

    @Override
    public Optional<AnnotationWriter> writer() {
        return Optional.of(new CocoWriter());
    }
}
