package io.errata.datasets.format;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.Excerpt;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageSize;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what a {@link CocoFile} says. */
final class CocoReader {

    private static final String RULE = "bbox must be four finite numbers, [x, y, width, height]";

    private final ImageFolders folders;
    private final ReadingBuilder builder;
    private final CocoFile file;

    private CocoReader(CocoFile file, ImageFolders folders, ReadingBuilder builder) {
        this.file = file;
        this.folders = folders;
        this.builder = builder;
    }

    /** Nothing is valid of a file that is no whole JSON: its images would all seem background. */
    static Reading read(Path json, @Nullable Path images, ReadOptions options) {
        ReadingBuilder builder = new ReadingBuilder(options);
        CocoFile file = new CocoFile(json, true, builder);
        if (file.parse()) {
            CocoReader reader = new CocoReader(file, ImageFolders.of(json, images), builder);
            reader.leaveOutEmptyParents();
            reader.tellDoubleNames();
            reader.tellMore();
            reader.assemble();
        }
        List<String> classes = file.categories().values().stream()
                .sorted(Comparator.comparingDouble(category -> RawAnnotation.number(category.id())))
                .map(CocoFile.Category::name)
                .distinct()
                .toList();
        return builder.reading(SourceLocation.of(json), classes);
    }

    /**
     * A category that only groups others is no class: without a parent and without a box, and the parent of another. Every export of
     * some tools has one, with the name of the project, which may be that of a class. Not where results are measured: they may name it.
     */
    private void leaveOutEmptyParents() {
        if (!builder.opensImages()) {
            return;
        }
        CocoAnnotations annotations = file.annotations();
        BitSet used = new BitSet();
        for (int i = 0; i < annotations.size(); i++) {
            used.set(annotations.category(i));
        }
        Map<Integer, CocoFile.Category> categories = file.categories();
        Map<Integer, List<String>> children = new LinkedHashMap<>();
        categories.forEach((number, category) -> {
            boolean top = category.parent().isEmpty() || category.parent().equals("none");
            if (top && !used.get(number)) {
                List<String> names = categories.values().stream()
                        .filter(other ->
                                !other.equals(category) && other.parent().equals(category.name()))
                        .map(CocoFile.Category::name)
                        .toList();
                if (!names.isEmpty()) {
                    children.put(number, names);
                }
            }
        });
        children.forEach((number, names) -> {
            String name = requireNonNull(categories.remove(number)).name();
            builder.note(
                    "empty-class",
                    "category " + name + " has no box and is only the supercategory of " + Excerpt.of(names.toString())
                            + ": it is no class");
        });
    }

    private void tellMore() {
        if (file.rotated() > 0) {
            builder.note(
                    "rotations",
                    file.rotated() + " annotations say that they are rotated; their bbox counts as it stands");
        }
        if (file.scored() > 0) {
            builder.note("confidences", file.scored() + " annotations have a score, which is passed over");
        }
    }

    private void tellDoubleNames() {
        Map<String, CocoFile.Category> first = new HashMap<>();
        for (CocoFile.Category category : file.categories().values()) {
            CocoFile.Category other =
                    first.putIfAbsent(Normalizer.normalize(category.name(), Normalizer.Form.NFC), category);
            if (other != null) {
                builder.report(
                        category.place(),
                        "duplicate-name",
                        "names of categories must differ, found " + category.name() + " for id " + category.id()
                                + " and, in " + other.place().key() + ", for id " + other.id()
                                + "; rename one, or they are taken for one class");
            }
        }
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

    /** Reports the annotations whose image, or whose category on a wanted image, is not there. */
    private void tellDangling() {
        CocoAnnotations annotations = file.annotations();
        for (int i = 0; i < annotations.size(); i++) {
            CocoFile.Image image = file.images().get(annotations.image(i));
            if (image == null) {
                String id = file.imageIds().id(annotations.image(i));
                builder.report(
                        file.place(i, "image_id"), "unknown-image", "image_id must be an image's, found " + shown(id));
            } else if (!file.categories().containsKey(annotations.category(i)) && builder.wants(image.name())) {
                String id = file.categoryIds().id(annotations.category(i));
                builder.report(
                        file.place(i, "category_id"),
                        "unknown-class",
                        "category_id must be a category's, found " + shown(id));
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
                candidates.add(new RawAnnotation(file.place(i, "bbox"), object, annotations.found(i), RULE));
            }
        }
        return candidates;
    }

    private void add(CocoFile.Image image, List<RawAnnotation> objects) {
        if (!builder.opensImages() && (!image.isFile() || image.declared() == null)) {
            ImageSize size = image.declared() == null ? extent(objects) : image.declared();
            builder.add(image.place(), image.name(), Path.of(""), size, objects);
            return;
        }
        Optional<NamedFile> found = folders.find(image.name(), builder.opensImages());
        if (found.isEmpty()) {
            builder.report(image.place(), "bad-value", "file_name must be a path, found " + image.name());
            return;
        }
        NamedFile file = found.get();
        if (file.isToBeRead(image.place(), builder)) {
            builder.size(image.place(), file.path(), image.declared())
                    .ifPresent(size -> builder.add(image.place(), file.name(), file.path(), size, objects));
        }
    }

    /** The smallest image that shows all of these, for metrics, which need no size. */
    private static ImageSize extent(List<RawAnnotation> objects) {
        double width = 1;
        double height = 1;
        for (RawAnnotation object : objects) {
            width = object.hasPlace() ? Math.max(width, object.object().box().x2()) : width;
            height = object.hasPlace() ? Math.max(height, object.object().box().y2()) : height;
        }
        return new ImageSize((int) Math.ceil(width), (int) Math.ceil(height));
    }

    private static String shown(String id) {
        return id.isEmpty() ? "none" : id;
    }
}
