package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * YOLO text labels behind an Ultralytics {@code data.yaml}, darknet's {@code obj.data}, or a list of classes ({@code classes.txt},
 * {@code obj.names}) in the folder of the images.
 *
 * <p>A split ({@code train}, {@code val}, {@code test}) is a folder, a list of images, or several of them; its paths stand relative to
 * {@code path}, or else to the file's folder, and where nothing is there, without their first folders, which were those of another
 * machine. Labels lie where {@code images} is replaced by {@code labels}, or beside the image, under its name ({@link YoloLabels}). A
 * missing or empty label file makes an image of background, but where no image has one at all the layout is wrong, and that is a
 * problem. An image's name is its path relative to the data set's folder.
 *
 * <p>A row is {@code class cx cy width height} in fractions of the image, or {@code class x y x y x y …}, a polygon, of which the box is
 * taken. Key points are passed over where {@code kpt_shape} announces them; so are a confidence and a track's number behind a box.
 */
public final class Yolo implements AnnotationFormat {

    private static final Yolo FORMAT = new Yolo();

    private Yolo() {}

    /** The format, for {@link DatasetWriter} and for lists. */
    public static AnnotationFormat format() {
        return FORMAT;
    }

    /**
     * All splits together.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path yaml) {
        return inspect(yaml, null, ReadOptions.defaults()).orThrow();
    }

    /**
     * One split: {@code train}, {@code val} (also {@code valid}) or {@code test}.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path yaml, String split) {
        return inspect(yaml, split, ReadOptions.defaults()).orThrow();
    }

    /**
     * Reads what is valid and reports what is not.
     *
     * @param split as for {@link #read(Path, String)}, or {@code null} for all
     */
    public static Reading inspect(Path yaml, @Nullable String split, ReadOptions options) {
        return YoloReader.read(yaml, split, options);
    }

    @Override
    public String name() {
        return "yolo";
    }

    @Override
    public String description() {
        return "YOLO text labels as Ultralytics writes them";
    }

    @Override
    public String target() {
        return "DATA.yaml";
    }

    @Override
    public Part part() {
        return Part.SPLIT;
    }

    @Override
    public Reading read(DatasetLocation location, ReadOptions options) {
        return inspect(location.path(), location.part(), options);
    }

    @Override
    public List<String> splits(Path path) {
        return Files.isRegularFile(path) ? YoloReader.splits(path) : List.of();
    }

    @Override
    public Optional<AnnotationWriter> writer() {
        return Optional.of(new YoloWriter());
    }
}
