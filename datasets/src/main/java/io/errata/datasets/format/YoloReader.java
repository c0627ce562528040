package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.Spelling;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@link Yolo}. */
final class YoloReader {

    private static final int MAX_NOTED = 3;

    /** Finding the nearest of many names takes its time. */
    private static final int MAX_HINTS = 10;

    private static final Map<YoloRow.Kind, String> NOTES = Map.of(
            YoloRow.Kind.POLYGON, "are read as polygons, of each the box around it",
            YoloRow.Kind.CONFIDENCE, "have six numbers and are read as class, box and confidence, which is passed over",
            YoloRow.Kind.TRACK,
                    "have seven numbers of which the last is whole and are read as class, box, confidence and track, which are"
                            + " passed over");

    private final YoloFile file;
    private final ReadingBuilder builder;
    private final FileTree tree;
    private final Map<YoloRow.Kind, Integer> rows = new TreeMap<>();
    private int noFractions;
    private @Nullable String firstNoFraction;

    private YoloReader(YoloFile file, ReadingBuilder builder) {
        this.file = file;
        this.builder = builder;
        this.tree = new FileTree(file.root());
    }

    /** Reads what is valid and reports what is not; a split of {@code null} means all. */
    static Reading read(Path path, @Nullable String split, ReadOptions options) {
        ReadingBuilder builder = new ReadingBuilder(options);
        Optional<YoloFile> file = YoloFile.read(path, builder);
        file.ifPresent(known -> new YoloReader(known, builder).read(split));
        List<String> classes = file.stream()
                .flatMap(known -> known.classes().values().stream().distinct())
                .toList();
        return builder.reading(SourceLocation.of(path), classes);
    }

    /** The splits that the file names; none where it cannot be read. */
    static List<String> splits(Path path) {
        return YoloFile.read(path, new ReadingBuilder(ReadOptions.defaults()))
                .map(YoloFile::splitNames)
                .orElse(List.of());
    }

    private void read(@Nullable String split) {
        Set<Path> images = images(split);
        if (images.isEmpty() || file.classes().isEmpty()) {
            return;
        }
        YoloLabels labels = YoloLabels.of(tree, images);
        if (!labels.any()) {
            builder.report(
                    SourceLocation.of(file.file()),
                    "missing-annotation",
                    "one image at least must have a label file, empty if all are background; found no "
                            + labels.place(images.iterator().next()));
            return;
        }
        Set<Path> unclear = reportShared(labels);
        for (Path image : images) {
            if (!unclear.contains(image)) {
                readImage(image, labels);
            }
        }
        tellRows();
        tellWithoutImage(labels, images);
    }

    private Set<Path> images(@Nullable String split) {
        Set<Path> images = new LinkedHashSet<>();
        String wanted = split != null && split.equals("valid") ? "val" : split;
        if (wanted == null && file.splits().isEmpty()) {
            collect("images", ".", images);
        } else if (wanted == null) {
            file.splits().forEach((key, values) -> values.forEach(value -> collect(key, value, images)));
        } else if (file.splits().containsKey(wanted)) {
            file.splits().getOrDefault(wanted, List.of()).forEach(value -> collect(wanted, value, images));
        } else {
            builder.report(
                    SourceLocation.ofKey(file.file(), wanted),
                    "missing-split",
                    FileTree.fileName(file.file()) + " must have the split asked for, found no " + wanted
                            + Spelling.hint(wanted, file.splitNames()));
        }
        return images;
    }

    /** Adds the images that one value of a split stands for. */
    private void collect(String key, String value, Set<Path> images) {
        SourceLocation place = SourceLocation.ofKey(file.file(), key);
        List<Path> found = Stream.concat(
                        tree.resolve(value).filter(Files::exists).stream(),
                        YoloPaths.find(file.root(), value.replaceFirst("^(\\.\\.[/\\\\])+", "")).stream())
                .toList();
        Optional<Path> within =
                found.stream().filter(path -> builder.mayLead(tree, path)).findFirst();
        try {
            if (found.isEmpty()) {
                builder.report(
                        place,
                        "missing-folder",
                        "images must be a folder or a list below " + tree.root() + ", found no " + value);
            } else if (within.isEmpty()) {
                builder.reportOutside(place, found.get(0));
            } else if (Files.isDirectory(within.get())) {
                builder.files(tree, within.get(), ImageFile::isImageName)
                        .forEach(image -> images.add(image.normalize()));
            } else {
                collectListed(within.get(), images);
            }
        } catch (IOException e) {
            builder.report(place, "unreadable-file", "images must be readable, found " + e);
        }
    }

    private void collectListed(Path list, Set<Path> images) {
        FileTree beside = new FileTree(FileTree.folderOf(list));
        int number = 0;
        for (String line : builder.lines(list).orElse(List.of())) {
            number++;
            String name = line.strip();
            Optional<Path> image = beside.resolve(name)
                    .filter(Files::isRegularFile)
                    .or(() -> YoloPaths.find(file.root(), name).filter(Files::isRegularFile))
                    .or(() -> YoloPaths.find(beside.root(), name).filter(Files::isRegularFile));
            if (image.isPresent()) {
                images.add(image.get().normalize());
            } else if (!name.isEmpty() && builder.wants(name)) {
                builder.report(
                        SourceLocation.of(list, number, null),
                        "missing-image",
                        "a listed image must exist, found no " + name);
            }
        }
    }

    /** Reports what belongs to several images, or several files that belong to one; returns these images. */
    private Set<Path> reportShared(YoloLabels labels) {
        Set<Path> unclear = new HashSet<>();
        labels.shared().forEach((label, images) -> {
            if (images.stream().anyMatch(image -> builder.wants(tree.nameOf(image)))) {
                builder.report(
                        SourceLocation.of(label),
                        "ambiguous-label",
                        "a label file must belong to one image, found "
                                + images.stream().map(tree::nameOf).collect(Collectors.joining(" and "))
                                + "; rename one image and its label, both are left out");
            }
            unclear.addAll(images);
        });
        return unclear;
    }

    private void readImage(Path image, YoloLabels labels) {
        String name = tree.nameOf(image);
        SourceLocation place = SourceLocation.of(image);
        if (!builder.wants(name) || !builder.admits(place, tree, image)) {
            return;
        }
        List<Path> candidates = labels.candidates(image);
        if (!candidates.isEmpty()) {
            builder.report(
                    place,
                    "ambiguous-label",
                    "an image must have one label file, found " + candidates
                            + " and none of its exact name; its image is" + " left out");
            return;
        }
        labels.passedOver(image)
                .ifPresent(other -> builder.report(
                        SourceLocation.of(other),
                        "ambiguous-label",
                        "an image must have one label file, found also "
                                + labels.of(image).orElseThrow() + ", which counts; move one of them away"));
        Optional<Path> label = labels.of(image);
        Optional<List<String>> lines = Optional.of(List.of());
        if (label.isPresent()) {
            lines = builder.admits(SourceLocation.of(label.get()), tree, label.get())
                    ? builder.lines(label.get())
                    : Optional.empty();
        }
        Background background = label.isPresent() ? Background.EMPTY_FILE : Background.NO_FILE;
        lines.ifPresent(found -> builder.size(place, image, null)
                .ifPresent(size -> builder.add(
                        place, name, image, size, candidates(label.orElse(image), found, size), background)));
    }

    private List<RawAnnotation> candidates(Path labels, List<String> lines, ImageSize size) {
        List<RawAnnotation> candidates = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                candidate(SourceLocation.of(labels, i + 1, null), lines.get(i).strip(), size)
                        .ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private Optional<RawAnnotation> candidate(SourceLocation place, String line, ImageSize size) {
        YoloRow row = YoloRow.of(line, file.keyPoints());
        rows.merge(row.kind(), 1, Integer::sum);
        if (row.isNoFraction()) {
            noFractions++;
            firstNoFraction = firstNoFraction == null
                    ? place.problem("", Excerpt.of(line)).toString()
                    : firstNoFraction;
        }
        double id = row.classIndex();
        String label = id == Math.rint(id) ? file.classes().get((int) id) : null;
        if (label == null && !Double.isNaN(id)) {
            builder.report(
                    place,
                    "unknown-class",
                    "class must be one of the indices " + indices() + " of " + file.file() + ", found "
                            + row.className());
            return Optional.empty();
        }
        Box box = label == null ? Outlines.NOWHERE : row.box(size);
        GroundTruth object = GroundTruth.of(label == null ? "" : label, box);
        return Optional.of(new RawAnnotation(place, object, Excerpt.of(line), rule()));
    }

    private String indices() {
        boolean consecutive = file.classes().lastKey() == file.classes().size() - 1
                && file.classes().firstKey() == 0;
        return consecutive
                ? "0 to " + file.classes().lastKey()
                : Excerpt.of(file.classes().keySet().toString());
    }

    private String rule() {
        return file.keyPoints() >= 0
                ? "a row must have a class, a box and " + file.keyPoints() + " numbers of key points, as kpt_shape of "
                        + FileTree.fileName(file.file()) + " says"
                : "a row must be a class and a box (4 numbers), with a confidence from 0 to 1 (5) or a track behind it (6), or a"
                        + " polygon (x y x y x y …)";
    }

    private void tellRows() {
        int all = rows.values().stream().mapToInt(Integer::intValue).sum();
        rows.forEach((kind, count) -> {
            String note = NOTES.get(kind);
            if (note != null) {
                builder.note("rows-read-as", count + " of " + all + " rows " + note);
            }
        });
        if (noFractions > 0 && 2 * noFractions >= all) {
            builder.report(
                    SourceLocation.of(file.file()),
                    "bad-unit",
                    "coordinates must be fractions of the image from 0 to 1, found pixels or per cent in " + noFractions
                            + " of " + all + " rows, first in " + firstNoFraction
                            + "; divide them by the image's width and height");
        }
    }

    /** Objects whose image is not found would be background on it: this is told even where only training cares. */
    private void tellWithoutImage(YoloLabels labels, Set<Path> images) {
        if (!builder.wantsAll()) {
            return;
        }
        List<Path> without = labels.withoutImage();
        List<String> names = images.stream()
                .map(image -> ImageFile.withoutEnding(FileTree.fileName(image)))
                .toList();
        for (int i = 0; i < without.size() && builder.thorough(); i++) {
            String stem = FileTree.fileName(without.get(i)).replaceFirst("(?i)\\.txt$", "");
            Optional<String> near = i < MAX_HINTS ? Spelling.nearest(stem, names) : Optional.empty();
            builder.report(
                    SourceLocation.of(without.get(i)),
                    "missing-image",
                    "labels must have their image, found none"
                            + near.map(name -> "; the nearest name is " + name).orElse("")
                            + "; put it there, or give both the same name");
        }
        if (!without.isEmpty() && !builder.thorough()) {
            String shown = without.stream().limit(MAX_NOTED).map(tree::nameOf).collect(Collectors.joining(", "));
            builder.note(
                    "labels-without-image",
                    without.size()
                            + " label files have no image, and what they show may count as background elsewhere: "
                            + shown + (without.size() > MAX_NOTED ? ", …" : ""));
        }
    }
}
