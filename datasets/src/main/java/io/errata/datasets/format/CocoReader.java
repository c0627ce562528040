package io.errata.datasets.format;

import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what a {@link CocoFile} says. */
final class CocoReader {

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
            new CocoReader(file, ImageFolders.of(json, images), builder).assemble();
        }
        List<String> classes = file.categories().values().stream()
                .sorted(Comparator.comparingDouble(CocoFile.Category::id))
                .map(CocoFile.Category::name)
                .distinct()
                .toList();
        return builder.reading(SourceLocation.of(json), classes);
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

    private static String shown(String id) {
        return id.isEmpty() ? "none" : id;
    }
}
