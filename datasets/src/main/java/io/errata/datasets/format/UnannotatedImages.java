package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Image files without annotations: all that lie in a folder and below it, in the order of their names, which are their paths relative to
 * the folder. Every image is background, so the folder must show no object that is to be found. Other files are passed over, among them
 * annotations of any format; so are hidden files and folders, whose names begin with a dot. Only read.
 */
public final class UnannotatedImages implements AnnotationFormat {

    private static final UnannotatedImages FORMAT = new UnannotatedImages();

    private UnannotatedImages() {}

    /** The format, for lists. */
    public static AnnotationFormat format() {
        return FORMAT;
    }

    /**
     * All images of a folder, as a data set without classes.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path folder) {
        return inspect(folder, ReadOptions.defaults()).orThrow();
    }

    /** Reads what is valid and reports what is not. Headers are read even where images are not to be looked at: nothing else has sizes. */
    public static Reading inspect(Path folder, ReadOptions options) {
        ReadingBuilder builder = new ReadingBuilder(options);
        if (Files.isDirectory(folder)) {
            readAll(folder, builder);
        } else {
            builder.report(
                    SourceLocation.of(folder),
                    "missing-folder",
                    "folder of images must exist, found "
                            + (Files.exists(folder) ? "a file; name its folder" : "none; correct its name"));
        }
        return builder.reading(SourceLocation.of(folder), List.of());
    }

    @Override
    public String name() {
        return "images";
    }

    @Override
    public String description() {
        return "image files without annotations, all background";
    }

    @Override
    public String target() {
        return "DIR";
    }

    @Override
    public Reading read(DatasetLocation location, ReadOptions options) {
        return inspect(location.path(), options);
    }

    private static void readAll(Path folder, ReadingBuilder builder) {
        FileTree tree = new FileTree(folder);
        try {
            List<Path> images = builder.files(tree, folder, ImageFile::isImageName);
            for (Path image : images) {
                SourceLocation place = SourceLocation.of(image);
                String name = tree.nameOf(image);
                if (builder.wants(name) && builder.admits(place, tree, image)) {
                    builder.size(place, image, null)
                            .ifPresent(size ->
                                    builder.add(place, name, image, size, List.of(), Background.NO_ANNOTATIONS));
                }
            }
            if (images.isEmpty()) {
                builder.report(
                        SourceLocation.of(folder),
                        "empty-dataset",
                        "folder must have an image in it or below, named .jpg, .png, .webp, .bmp or .tiff; found none");
            }
        } catch (IOException e) {
            builder.report(SourceLocation.of(folder), "unreadable-file", "folder must be readable, found " + e);
        }
    }
}
