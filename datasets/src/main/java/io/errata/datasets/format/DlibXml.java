package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * dlib's image data set XML, as its imglab writes it. Boxes marked {@code ignore} become crowd regions, boxes without a label are
 * {@code object}s. An image's name is its {@code file}, relative to the XML file.
 */
public final class DlibXml implements AnnotationFormat {

    private static final String NO_LABEL = "object";
    private static final List<String> SIDES = List.of("left", "top", "width", "height");

    private static final DlibXml FORMAT = new DlibXml();

    private DlibXml() {}

    /** The format, for {@link DatasetWriter} and for lists. */
    public static AnnotationFormat format() {
        return FORMAT;
    }

    /**
     * All images of a file.
     *
     * @throws InvalidInputException with every problem, if there is one; {@link #inspect} goes on
     */
    public static Dataset read(Path xml) {
        return inspect(xml, ReadOptions.defaults()).orThrow();
    }

    /** Reads what is valid and reports what is not. */
    public static Reading inspect(Path xml, ReadOptions options) {
        ReadingBuilder builder = new ReadingBuilder(options);
        if (!Files.isRegularFile(xml)) {
            builder.report(SourceLocation.of(xml), "missing-file", "dlib file must exist; correct its name");
        } else {
            ImageFolders folders = new ImageFolders(List.of(new FileTree(FileTree.folderOf(xml))));
            builder.xml(xml, "dataset")
                    .flatMap(root -> root.child("images"))
                    .ifPresent(images -> images.all("image").forEach(image -> readImage(xml, folders, image, builder)));
        }
        return builder.reading(SourceLocation.of(xml));
    }

    @Override
    public String name() {
        return "dlib";
    }

    @Override
    public String description() {
        return "dlib's image data set XML";
    }

    @Override
    public String target() {
        return "FILE.xml";
    }

    @Override
    public Reading read(DatasetLocation location, ReadOptions options) {
        return inspect(location.path(), options);
    }

    @Override
    public Optional<AnnotationWriter> writer() {
        return Optional.of(new DlibWriter());
    }

    private static void readImage(Path xml, ImageFolders folders, XmlElement image, ReadingBuilder builder) {
        String name = image.attribute("file");
        SourceLocation place = SourceLocation.of(xml, image.line(), "image");
        Optional<NamedFile> file = folders.find(name, builder.opensImages());
        if (file.isEmpty()) {
            builder.report(place, "bad-value", "file of an image must be a path, found \"" + name + "\"");
        } else if (file.get().isToBeRead(place, builder)) {
            Path path = file.get().path();
            List<RawAnnotation> boxes =
                    image.all("box").stream().map(box -> candidate(xml, box)).toList();
            builder.size(place, path, declared(image))
                    .ifPresent(size -> builder.add(place, file.get().name(), path, size, boxes));
        }
    }

    private static RawAnnotation candidate(Path xml, XmlElement box) {
        List<String> sides = SIDES.stream().map(box::attribute).toList();
        double[] side = sides.stream().mapToDouble(RawAnnotation::number).toArray();
        String label = box.text("label");
        Box bounds = Box.ofSize(side[0], side[1], side[2], side[3]);
        boolean difficult = box.attribute("difficult").equals("1");
        boolean ignored = box.attribute("ignore").equals("1");
        String angle = box.attribute("angle");
        boolean turned = !angle.isEmpty() && RawAnnotation.number(angle) != 0;
        Box upright = turned ? Outlines.NOWHERE : bounds;
        return new RawAnnotation(
                SourceLocation.of(xml, box.line(), "box"),
                new GroundTruth(label.isEmpty() ? NO_LABEL : label, upright, upright.area(), difficult, ignored),
                SIDES + " = " + sides + (turned ? " with angle " + angle : ""),
                turned ? "a box must be upright" : "box must be four finite numbers");
    }

    private static @Nullable ImageSize declared(XmlElement image) {
        double width = RawAnnotation.number(image.attribute("width"));
        double height = RawAnnotation.number(image.attribute("height"));
        return width >= 1 && height >= 1 ? new ImageSize((int) width, (int) height) : null;
    }
}
