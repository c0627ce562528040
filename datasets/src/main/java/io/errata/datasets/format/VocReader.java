package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@link PascalVoc}. */
final class VocReader {

    private static final List<String> CORNERS = List.of("xmin", "ymin", "xmax", "ymax");

    private static final List<String> SPLITS =
            List.of("train", "training", "val", "valid", "validation", "dev", "test", "testing");

    private final FileTree tree;
    private final ReadingBuilder builder;
    private final ImageFinder pictures;
    private final Set<Path> annotated = new HashSet<>();

    private VocReader(Path folder, ReadOptions options) {
        this.tree = new FileTree(folder);
        this.pictures = new ImageFinder(folder);
        this.builder = new ReadingBuilder(options);
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
                    reportLeftOver();
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

    /** Reports images without an annotation, in the folders where others have one. */
    private void reportLeftOver() throws IOException {
        Set<Path> folders = annotated.stream().map(FileTree::folderOf).collect(Collectors.toCollection(TreeSet::new));
        for (Path folder : folders) {
            for (Path picture : new FileTree(folder).files(ImageFile::isImageName, link -> false)) {
                boolean beside = folder.equals(FileTree.folderOf(picture));
                if (beside && !annotated.contains(picture)) {
                    builder.report(
                            SourceLocation.of(picture),
                            "missing-annotation",
                            "a picture must have an XML file, without objects if it shows none; write one or move it away");
                }
            }
        }
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
            Optional<Path> file = folder.resolve(line.strip() + ".xml")
                    .filter(Files::isRegularFile)
                    .or(() -> folder.resolve(name + ".xml").filter(Files::isRegularFile));
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
        Optional<Path> picture = pictures.find(file, stem);
        picture.ifPresent(annotated::add);
        if (!builder.wants(picture.map(found -> nameOf(found, file)).orElse(stem))
                || !builder.admits(SourceLocation.of(file), tree, file)) {
            return;
        }
        builder.xml(file, "annotation")
                .ifPresent(root -> readImage(file, root, picture.or(() -> pictures.find(file, fileName(root))), stem));
    }

    private void readImage(Path file, XmlElement root, Optional<Path> picture, String stem) {
        SourceLocation place = SourceLocation.of(file);
        ImageSize declared = size(root);
        if (picture.isEmpty() && (builder.opensImages() || declared == null)) {
            builder.report(
                    place,
                    "missing-image",
                    "an annotation must have its image beside it or in a sibling folder, found no " + stem
                            + " with an ending");
            return;
        }
        Path image = picture.orElseGet(() -> FileTree.folderOf(file).resolve(stem + ".jpg"));
        picture.ifPresent(annotated::add);
        String name = picture.map(found -> nameOf(found, file))
                .orElse(ImageFile.isImageName(fileName(root)) ? fileName(root) : stem);
        List<RawAnnotation> candidates = new ArrayList<>();
        for (XmlElement object : root.all("object")) {
            candidate(file, object).ifPresent(candidates::add);
        }
        builder.size(place, image, declared).ifPresent(size -> builder.add(place, name, image, size, candidates));
    }

    /** A picture in a sibling folder may lie beside the data set's folder: then its name stands relative to the folder above. */
    private String nameOf(Path picture, Path annotation) {
        String name = tree.nameOf(picture);
        return Path.of(name).isAbsolute()
                ? new FileTree(FileTree.folderOf(FileTree.folderOf(annotation.toAbsolutePath()))).nameOf(picture)
                : name;
    }

    private Optional<RawAnnotation> candidate(Path file, XmlElement object) {
        String label = object.text("name");
        if (label.isEmpty()) {
            builder.report(
                    SourceLocation.of(file, object.line(), "object"),
                    "unknown-class",
                    "object must have a <name>, found none");
            return Optional.empty();
        }
        XmlElement bounds = object.child("bndbox").orElse(object);
        double[] corners = CORNERS.stream()
                .mapToDouble(corner -> RawAnnotation.number(bounds.text(corner)))
                .toArray();
        String found = CORNERS.stream().map(bounds::text).toList().toString();
        Box box = new Box(corners[0], corners[1], corners[2], corners[3]);
        boolean difficult = object.text("difficult").equals("1");
        return Optional.of(new RawAnnotation(
                SourceLocation.of(file, bounds.line(), "bndbox"),
                new GroundTruth(label, box, box.area(), difficult, false),
                found));
    }

    /** The annotated size; {@code null} where there is none, or a placeholder of 0. */
    private static @Nullable ImageSize size(XmlElement root) {
        XmlElement size = root.child("size").orElse(root);
        double width = RawAnnotation.number(size.text("width"));
        double height = RawAnnotation.number(size.text("height"));
        return width >= 1 && height >= 1 ? new ImageSize((int) width, (int) height) : null;
    }

    /** The last part of {@code <filename>}, whatever folders it names. */
    private static String fileName(XmlElement root) {
        String name = root.text("filename").replace('\\', '/');
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
