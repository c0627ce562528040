package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a data set into a folder of its own, images and all, so that its SPEC reads it back. Image files are copied byte by byte;
 * images that a program draws become PNG. An object to be ignored stays one, with whatever flag the format has for that, or is left
 * out where it has none; {@link Written} tells how many. Immutable.
 */
public final class DatasetWriter {

    private final String format;
    private final AnnotationWriter annotations;
    private final boolean linking;
    private final Runnable afterImage;

    /**
     * What was written.
     *
     * @param spec reads it back, with {@link DatasetSpec}
     * @param images how many images
     * @param objects how many objects on them
     * @param leftOut how many difficult and crowd objects were left out, the format having no flag: where they were is background now
     * @param reflagged how many difficult objects became crowds, or crowds difficult objects
     */
    public record Written(String spec, int images, int objects, int leftOut, int reflagged) {}

    private DatasetWriter(String format, AnnotationWriter annotations, boolean linking, Runnable afterImage) {
        this.format = format;
        this.annotations = annotations;
        this.linking = linking;
        this.afterImage = afterImage;
    }

    /**
     * A writer of this format, such as {@code Coco.format()}.
     *
     * @throws IllegalArgumentException if the format is only read
     */
    public static DatasetWriter of(AnnotationFormat format) {
        List<String> writable = AnnotationFormats.names(AnnotationFormats.writable());
        AnnotationWriter annotations = format.writer()
                .orElseThrow(() -> new IllegalArgumentException(
                        "format must be one that is written, " + writable + ", found " + format.name()));
        return new DatasetWriter(format.name(), annotations, false, () -> {});
    }

    /** The same, but image files stay where they are, and symbolic links lead to them. */
    public DatasetWriter withSymbolicLinks() {
        return new DatasetWriter(format, annotations, true, afterImage);
    }

    /** The same, and after each image this runs. */
    public DatasetWriter withListener(Runnable afterImage) {
        return new DatasetWriter(format, annotations, linking, afterImage);
    }

    /**
     * Writes a data set, first aside and then renamed, so that the folder is whole or not there.
     *
     * @param given what to write; boxes that stick out a little are cut off at the edges of their images
     * @param folder absent or empty
     * @throws InvalidInputException with every problem: a folder that is in use ({@code folder-in-use}), no image or, where the format needs one, no class
     *     ({@code empty-dataset}), a class name with line breaks and the like ({@code unwritable-class}), an image file that is missing
     *     or without the ending of one ({@code missing-image}, {@code unsupported-image-format}), and boxes that no reader would take
     * @throws UncheckedIOException if it cannot be written
     */
    public Written write(Dataset given, Path folder) {
        List<String> classes = given.classes().stream().distinct().toList();
        verify(given, classes);
        Dataset dataset = given.clipped();
        List<AnnotatedImage> kept = dataset.images().stream().map(this::kept).toList();
        List<OutputImage> placed = OutputImage.place(kept, annotations.isFlat());
        try {
            AtomicFolder.fill(folder, fresh -> {
                writeImages(placed, fresh.resolve(annotations.imageFolder()));
                annotations.write(fresh, classes, placed);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int objects = kept.stream().mapToInt(image -> image.objects().size()).sum();
        AnnotationWriter.Flags flags = annotations.flags();
        int same = (int) dataset.images().stream()
                .flatMap(image -> image.objects().stream())
                .filter(object -> flags.canHold(object) && flags.applyTo(object).equals(object))
                .count();
        return new Written(
                format + ":" + annotations.named(folder) + (linking ? "?outside=allow" : ""),
                kept.size(),
                objects,
                dataset.objectCount() - objects,
                objects - same);
    }

    /** The image with the objects that the format can hold, as it holds them. */
    private AnnotatedImage kept(AnnotatedImage image) {
        AnnotationWriter.Flags flags = annotations.flags();
        return image.withObjects(image.objects().stream()
                .filter(flags::canHold)
                .map(flags::applyTo)
                .toList());
    }

    private void writeImages(List<OutputImage> images, Path folder) throws IOException {
        for (OutputImage image : images) {
            Path file = folder.resolve(image.file());
            Files.createDirectories(FileTree.folderOf(file));
            if (!(image.image().source() instanceof ImageFile source)) {
                ImageFile.write(image.image().source().read(), file);
            } else if (linking) {
                link(file, source.path().toRealPath());
            } else {
                Files.copy(source.path(), file);
            }
            afterImage.run();
        }
    }

    private static void link(Path file, Path target) throws IOException {
        try {
            Files.createSymbolicLink(file, target);
        } catch (UnsupportedOperationException e) {
            throw new IOException("this file system has no symbolic links; copy the images instead", e);
        }
    }

    private void verify(Dataset dataset, List<String> classes) {
        List<Problem> problems = new ArrayList<>();
        if (dataset.images().isEmpty()) {
            problems.add(
                    Problem.of("empty-dataset", "a data set to be written must have at least one image, found none"));
        }
        if (classes.isEmpty() && annotations.needsClasses()) {
            problems.add(Problem.of(
                    "empty-dataset", "a data set in " + format + " must have at least one class, found none"));
        }
        for (String label : classes) {
            if (!OutputText.isPlain(label)) {
                problems.add(Problem.of(
                        "unwritable-class",
                        "a class name must be one line, without control characters and spaces at its ends, found "
                                + OutputText.json(label)));
            }
        }
        dataset.images().forEach(image -> verify(image, problems));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static void verify(AnnotatedImage image, List<Problem> problems) {
        if (image.source() instanceof ImageFile file) {
            if (!Files.isRegularFile(file.path())) {
                problems.add(Problem.inFile(
                        file.path().toString(),
                        "missing-image",
                        "image file must exist; put it there or leave it out"));
            } else if (OutputImage.ending(image).isEmpty()) {
                problems.add(Problem.inFile(
                        file.path().toString(),
                        "unsupported-image-format",
                        "image name must end in .jpg, .png, .webp, .bmp or .tiff, or readers pass it over"));
            }
        }
        ImageSize size = new ImageSize(image.width(), image.height());
        for (GroundTruth object : image.objects()) {
            SourceLocation place = new SourceLocation(image.name(), null, null);
            new RawAnnotation(place, object, object.box()).problem(size, false).ifPresent(problems::add);
        }
    }
}
