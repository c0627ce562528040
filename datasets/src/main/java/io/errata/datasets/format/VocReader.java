package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads {@link PascalVoc}. */
final class VocReader {

    private static final List<String> SPLITS =
            List.of("train", "training", "val", "valid", "validation", "dev", "test", "testing");

    private final FileTree tree;
    private final ReadingBuilder builder;
    private final Limits limits;
    private final ImageFinder pictures;
    private final Set<Path> annotated = new HashSet<>();

    private VocReader(Path folder, ReadOptions options) {
        this.tree = new FileTree(folder);
        this.pictures = new ImageFinder(folder);
        this.builder = new ReadingBuilder(options);
        this.limits = options.limits();
    }

    /** Reads what is valid and reports what is not; a split of {@code null} means all. */
    static Reading read(Path folder, @Nullable String split, ReadOptions options) {
        VocReader voc = new VocReader(folder, options);
        if (Files.isDirectory(folder)) {
            voc.readAll(split);
        } else {
            voc.builder.report(SourceLocation.of(folder), "missing-folder", "folder must exist; correct its name");
        }
        return voc.builder.reading(SourceLocation.of(folder));
    }

    /** The splits of a folder, of those named {@code train}, {@code val} and the like; none where they are named otherwise. */
    static List<String> splits(Path folder) {
        FileTree tree = new FileTree(folder);
        return SPLITS.stream()
                .filter(split -> Files.isRegularFile(folder.resolve("ImageSets/Main/" + split + ".txt"))
                        || tree.resolve(split).filter(Files::isDirectory).isPresent())
                .toList();
    }

    private void readAll(@Nullable String split) {
        Path root = tree.root();
        try {
            Path annotations = Files.isDirectory(root.resolve("Annotations")) ? root.resolve("Annotations") : root;
            if (split == null) {
                annotationsBelow(annotations).forEach(this::readAnnotation);
                if (builder.thorough() && builder.wantsAll()) {
                    builder.reportUnannotated(
                            annotated,
                            "a picture must have an XML file, without objects if it shows none; write one or move it away");
                }
                return;
            }
            Optional<Path> list =
                    tree.resolve("ImageSets/Main/" + split + ".txt").filter(Files::isRegularFile);
            Optional<Path> folder = tree.resolve(split).filter(Files::isDirectory);
            if (list.isPresent()) {
                readListed(list.get(), annotations);
            } else if (folder.isPresent()) {
                annotationsBelow(folder.get()).forEach(this::readAnnotation);
            } else {
                builder.report(
                        SourceLocation.of(root),
                        "missing-split",
                        "a split must be a list in ImageSets/Main or a subfolder, found neither for " + split);
            }
        } catch (IOException e) {
            builder.report(SourceLocation.of(root), "unreadable-file", "folder must be readable, found " + e);
        }
    }

    private List<Path> annotationsBelow(Path folder) throws IOException {
        return builder.files(tree, folder, name -> name.toLowerCase(Locale.ROOT).endsWith(".xml"));
    }

    /** Lists of one class have a second column, 1, 0 or -1, which is no concern here; a name may end so, too. */
    private void readListed(Path list, Path annotations) {
        int number = 0;
        for (String line : builder.lines(list).orElse(List.of())) {
            number++;
            String name = line.strip().replaceFirst("\\s+(-1|0|1)$", "");
            if (name.isEmpty()) {
                continue;
            }
            FileTree folder = new FileTree(annotations);
            String slashed = name.replace('\\', '/');
            Optional<Path> file = Stream.of(line.strip(), name, slashed, ImageFile.withoutEnding(slashed))
                    .flatMap(listed -> folder.resolve(listed + ".xml").stream())
                    .filter(Files::isRegularFile)
                    .findFirst();
            if (file.isPresent()) {
                readAnnotation(file.get());
            } else if (builder.wants(name)) {
                builder.report(
                        SourceLocation.of(list, number, null),
                        "missing-annotation",
                        "a listed image must have an XML file, found no " + name + ".xml in " + annotations);
            }
        }
    }

    private void readAnnotation(Path file) {
        String stem = FileTree.fileName(file).replaceFirst("(?i)\\.xml$", "");
        boolean wanted = builder.wants(stem) || wantsPictureOf(file, stem);
        if (wanted && builder.admits(SourceLocation.of(file), tree, file)) {
            builder.xml(file, "annotation").ifPresent(root -> readImage(file, root, stem));
        }
    }

    /** Whether a picture is wanted that the annotation may be of; problems of an annotation that is not needed are no concern. */
    private boolean wantsPictureOf(Path file, String stem) {
        boolean wanted = pictures.find(file, stem, ImageFinder.Said.nothing()).stream()
                .anyMatch(picture -> builder.wants(nameOf(picture)));
        if (wanted || !builder.mayLead(tree, file)) {
            return wanted;
        }
        try {
            ImageFinder.Said said = said(XmlElement.read(TextFile.xml(file, limits.maxBytes())));
            return builder.wants(nameOf(pictures.find(file, stem, said), said, stem));
        } catch (InvalidInputException | XMLStreamException e) {
            return false;
        }
    }

    private void readImage(Path file, XmlElement root, String stem) {
        SourceLocation place = SourceLocation.of(file);
        ImageFinder.Said said = said(root);
        List<Path> found = pictures.find(file, stem, said);
        annotated.addAll(found);
        String name = nameOf(found, said, stem);
        if (!builder.wants(name) && !builder.wants(stem)) {
            return;
        }
        ImageSize declared = size(root);
        if (found.isEmpty() && (builder.opensImages() || declared == null)) {
            String named = said.fileName().isEmpty() ? "" : "no " + said.fileName() + " and ";
            builder.report(
                    place,
                    "missing-image",
                    "an annotation must have its image beside it or in a sibling folder, found " + named + "no " + stem
                            + " with an ending");
            return;
        }
        if (found.size() > 1) {
            builder.report(
                    place,
                    "ambiguous-name",
                    "an annotation must have one image, found " + found.get(0) + " and " + found.get(1)
                            + "; write the name of its file as <filename>, or move the other away");
            return;
        }
        Path image = found.isEmpty() ? FileTree.folderOf(file).resolve(stem + ".jpg") : found.get(0);
        List<Function<ImageSize, RawAnnotation>> candidates = root.all("object").stream()
                .flatMap(object -> candidates(file, object).stream())
                .toList();
        builder.size(place, image, declared).ifPresent(size -> {
            List<RawAnnotation> objects =
                    candidates.stream().map(candidate -> candidate.apply(size)).toList();
            builder.add(place, name, image, size, objects);
        });
    }

    private String nameOf(List<Path> found, ImageFinder.Said said, String stem) {
        return found.stream()
                .findFirst()
                .map(this::nameOf)
                .orElse(ImageFile.isImageName(said.fileName()) ? said.fileName() : stem);
    }

    /** A picture in a sibling folder may lie beside the data set's folder: then its name stands relative to the folder above. */
    private String nameOf(Path picture) {
        String name = tree.nameOf(picture);
        return Path.of(name).isAbsolute()
                ? new FileTree(FileTree.folderOf(tree.root().toAbsolutePath().normalize())).nameOf(picture)
                : name;
    }

    private static ImageFinder.Said said(XmlElement root) {
        return ImageFinder.Said.of(root.text("filename"), root.text("folder"));
    }

    /** What an object gives in an image of any size; more than one where it has several boxes, which are then regions to be ignored. */
    private List<Function<ImageSize, RawAnnotation>> candidates(Path file, XmlElement object) {
        String label = object.text("name");
        if (object.text("deleted").equals("1")) {
            return List.of();
        }
        if (label.isEmpty()) {
            builder.report(
                    SourceLocation.of(file, object.line(), "object"),
                    "unknown-class",
                    "object must have a <name>, found none");
            return List.of();
        }
        boolean difficult = object.text("difficult").equals("1");
        List<XmlElement> boxes = object.all("bndbox");
        if (boxes.size() > 1) {
            builder.report(
                    SourceLocation.of(file, object.line(), "object"),
                    "several-boxes",
                    "object must have one <bndbox>, found " + boxes.size()
                            + "; write an object for each; what they cover is ignored");
            return boxes.stream()
                    .map(box -> candidate(file, label, VocShape.of(box), difficult, true))
                    .toList();
        }
        VocShape shape = VocShape.of(object);
        if (object.child("bndbox").isPresent() && VocShape.rotation(object).isPresent()) {
            builder.note("rotations", "objects say that they are rotated; their <bndbox> counts as it stands");
        }
        if (shape.around()) {
            builder.note("boxes-around-shapes", "rotated boxes and polygons are read as the upright boxes around them");
        }
        return List.of(candidate(file, label, shape, difficult, false));
    }

    private static Function<ImageSize, RawAnnotation> candidate(
            Path file, String label, VocShape shape, boolean difficult, boolean crowd) {
        SourceLocation place = SourceLocation.of(file, shape.line(), shape.key());
        return size -> {
            Box box = shape.within(size);
            double area = shape.around() ? Math.min(shape.area(), box.area()) : box.area();
            return new RawAnnotation(
                    place, new GroundTruth(label, box, area, difficult, crowd), shape.found(), shape.rule());
        };
    }

    /** The annotated size; {@code null} where there is none, or a placeholder of 0. */
    private static @Nullable ImageSize size(XmlElement root) {
        XmlElement size = root.child("size").orElse(root);
        double width = RawAnnotation.number(size.text("width"));
        double height = RawAnnotation.number(size.text("height"));
        return width >= 1 && height >= 1 ? new ImageSize((int) width, (int) height) : null;
    }
}
