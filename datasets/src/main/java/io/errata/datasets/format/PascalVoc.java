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
 * Pascal VOC: one XML file for each image. Read are the VOC layout ({@code Annotations}, {@code JPEGImages},
 * {@code ImageSets/Main/SPLIT.txt}), also with subfolders that are the same in {@code Annotations} and {@code JPEGImages}, and any other
 * tree of XML files whose pictures lie beside them or in a sibling folder. The picture is the one that {@code <filename>} says, or else the
 * one called as the XML file; folders of masks are not looked into. A picture without an XML file is no part of the set; an XML file without objects makes an image of background. Classes are those found, in
 * the order of their names; an image's name is its path relative to the folder.
 */
public final class PascalVoc implements AnnotationFormat {

    private static final PascalVoc FORMAT = new PascalVoc();

    private PascalVoc() {}

    /** The format, for {@link DatasetWriter} and for lists. */
    public static AnnotationFormat format() {
        return FORMAT;
    }

    /**
     * All annotated images of a folder.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path folder) {
        return inspect(folder, null, ReadOptions.defaults()).orThrow();
    }

    /**
     * One split of a folder: the images listed in {@code ImageSets/Main/SPLIT.txt}, or those below the subfolder {@code SPLIT}.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path folder, String split) {
        return inspect(folder, split, ReadOptions.defaults()).orThrow();
    }

    /**
     * Reads what is valid and reports what is not.
     *
     * @param split as for {@link #read(Path, String)}, or {@code null} for all
     */
    public static Reading inspect(Path folder, @Nullable String split, ReadOptions options) {
        return VocReader.read(folder, split, options);
    }

    @Override
    public String name() {
        return "voc";
    }

    @Override
    public String description() {
        return "Pascal VOC, or pictures and XML side by side or in sibling folders";
    }

    @Override
    public String target() {
        return "DIR";
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
        return Files.isDirectory(path) ? VocReader.splits(path) : List.of();
    }

    @Override
    public Optional<AnnotationWriter> writer() {
        return Optional.of(new VocWriter());
    }
}
