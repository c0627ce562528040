package io.errata.datasets.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.errata.core.geometry.Box;
import io.errata.core.problem.Excerpt;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Reads {@link Labelme}. */
final class LabelmeReader {

    private static final Set<String> NO_BOXES = Set.of("line", "linestrip", "point", "points");
    private static final String RULE = "a shape must be a rectangle, polygon, circle, mask or rotation";

    private final FileTree tree;
    private final ReadingBuilder builder;
    private final Map<Path, ImageFolders> folders = new HashMap<>();
    private final Set<Path> annotated = new HashSet<>();

    /** A shape's box and area; {@code clipped} where it may reach beyond its image. */
    private record Extent(Box box, double area, boolean clipped) {}

    /** What is known of an image's objects; {@code whole} unless something is somewhere on it, nobody knows where. */
    private record Objects(List<List<LabelmeFile.Shape>> found, boolean whole) {}

    private LabelmeReader(Path folder, ReadOptions options) {
        this.tree = new FileTree(folder);
        this.builder = new ReadingBuilder(options);
    }

    /** Reads what is valid and reports what is not. */
    static Reading read(Path folder, ReadOptions options) {
        LabelmeReader labelme = new LabelmeReader(folder, options);
        if (Files.isDirectory(folder)) {
            labelme.readAll();
        } else {
            labelme.builder.report(
                    SourceLocation.of(folder),
                    "missing-folder",
                    "folder of LabelMe's JSON files must exist, found "
                            + (Files.exists(folder) ? "a file; name its folder" : "none; correct its name"));
        }
        return labelme.builder.reading(SourceLocation.of(folder));
    }

    private void readAll() {
        Path root = tree.root();
        try {
            List<Path> files = builder.files(
                    tree, root, name -> name.toLowerCase(Locale.ROOT).endsWith(".json"));
            for (Path json : files) {
                if (builder.admits(SourceLocation.of(json), tree, json)) {
                    parse(json);
                }
            }
            if (builder.thorough() && builder.wantsAll()) {
                builder.reportUnannotated(
                        annotated,
                        "an image must have a JSON file, without shapes if it shows no object; write one or move it away");
            }
        } catch (IOException e) {
            builder.report(SourceLocation.of(root), "unreadable-file", "folder must be readable, found " + e);
        }
    }

    private void parse(Path json) {
        try {
            LabelmeFile file = LabelmeFile.read(json);
            if (file.isLabelme()) {
                readImage(json, file);
            } else {
                builder.report(
                        SourceLocation.of(json),
                        "not-an-annotation",
                        "file must be of LabelMe, with a list shapes, found the keys "
                                + Excerpt.of(file.keys().toString()) + "; move it out of the folder");
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String found =
                    e.getOriginalMessage().replaceAll(", from `[^`]*`", "").replaceAll("\\s+", " ");
            builder.report(
                    SourceLocation.of(json, line, null), "broken-json", "file must be whole JSON, found: " + found);
        } catch (IOException e) {
            builder.report(SourceLocation.of(json), "unreadable-file", "file must be readable, found " + e);
        }
    }

    private void readImage(Path json, LabelmeFile file) {
        SourceLocation place = SourceLocation.of(json);
        Optional<NamedFile> named = find(json, file.imagePath());
        if (named.isEmpty()) {
            builder.report(
                    SourceLocation.ofKey(json, "imagePath"),
                    "bad-value",
                    "imagePath must be a path, found \"" + file.imagePath() + "\"");
            return;
        }
        Path path = named.get().path();
        annotated.add(path.toAbsolutePath().normalize());
        NamedFile image = new NamedFile(
                named.get().said(),
                path,
                tree.nameOf(path),
                named.get().rivals(),
                named.get().shortened());
        if (!image.isToBeRead(place, builder)) {
            return;
        }
        boolean missing = builder.opensImages() && !Files.isRegularFile(path);
        if (missing && file.hasImage()) {
            builder.report(
                    SourceLocation.ofKey(json, "imagePath"),
                    "missing-image",
                    "image must be a file, found no " + path
                            + ", only the imageData within the JSON file; export it with"
                            + " LabelMe's labelme_export_json, or put the image there");
        } else if (missing || builder.admits(SourceLocation.of(path), tree, path)) {
            Objects objects = objects(json, file);
            builder.size(place, path, file.declared())
                    .filter(size -> objects.whole)
                    .ifPresent(size -> {
                        List<RawAnnotation> candidates = objects.found.stream()
                                .map(shapes -> candidate(json, shapes, size))
                                .toList();
                        builder.add(place, image.name(), path, size, candidates);
                    });
        }
    }

    /** The image where the file says, or else the one that is called as the file. */
    private Optional<NamedFile> find(Path json, String imagePath) {
        ImageFolders near = folders.computeIfAbsent(FileTree.folderOf(json), folder -> ImageFolders.of(json, null));
        String stem = FileTree.fileName(json).replaceFirst("(?i)\\.json$", "");
        Optional<NamedFile> said = near.find(imagePath.isEmpty() ? stem : imagePath, builder.opensImages());
        if (!builder.opensImages()
                || said.filter(file -> Files.isRegularFile(file.path())).isPresent()) {
            return said;
        }
        return near.find(stem, true)
                .filter(file -> Files.isRegularFile(file.path()))
                .or(() -> said);
    }

    private Objects objects(Path json, LabelmeFile file) {
        Map<List<String>, List<LabelmeFile.Shape>> groups = new LinkedHashMap<>();
        boolean whole = true;
        int number = 0;
        for (LabelmeFile.Shape shape : file.shapes()) {
            SourceLocation place = SourceLocation.of(json, shape.line(), "shapes[" + number + "]");
            boolean covers = extent(shape).box.area() > 0;
            boolean box = isBox(shape);
            if (!box) {
                builder.report(
                        place,
                        "not-a-box",
                        RULE + ", found a " + shape.type() + "; draw a box instead; "
                                + (covers ? "what it covers is ignored" : "its image is left out"));
            }
            if (shape.label().isEmpty()) {
                builder.report(place, "unknown-class", "label must not be empty, found \"\"; its image is left out");
            }
            whole &= (box || covers) && !shape.label().isEmpty();
            String group = shape.group().isEmpty() || !box ? "#" + number : shape.group();
            groups.computeIfAbsent(List.of(shape.label(), group), key -> new ArrayList<>())
                    .add(shape);
            number++;
        }
        if (groups.values().stream().anyMatch(shapes -> shapes.size() > 1)) {
            builder.note("groups", "shapes of one label and group are read as one object in parts");
        }
        return new Objects(List.copyOf(groups.values()), whole);
    }

    private static RawAnnotation candidate(Path json, List<LabelmeFile.Shape> shapes, ImageSize size) {
        LabelmeFile.Shape first = shapes.get(0);
        double[] corners = shapes.stream()
                .map(shape -> within(shape, size))
                .flatMapToDouble(box -> DoubleStream.of(box.x1(), box.y1(), box.x2(), box.y2()))
                .toArray();
        Box box = Outlines.around(corners);
        double area = shapes.stream().mapToDouble(shape -> extent(shape).area).sum();
        boolean difficult = shapes.stream().anyMatch(LabelmeFile.Shape::difficult);
        String found = first.type() + " of "
                + Excerpt.of(DoubleStream.of(first.points()).boxed().toList().toString());
        return new RawAnnotation(
                SourceLocation.of(json, first.line(), "shapes"),
                new GroundTruth(first.label(), box, Math.min(area, box.area()), difficult, !isBox(first)),
                found,
                ruleOf(first));
    }

    private static Box within(LabelmeFile.Shape shape, ImageSize size) {
        Extent extent = extent(shape);
        return extent.clipped ? Outlines.inside(extent.box, size.width(), size.height()) : extent.box;
    }

    private static boolean isBox(LabelmeFile.Shape shape) {
        return switch (shape.type()) {
            case "rectangle", "polygon", "circle", "mask", "rotation" -> true;
            default -> false;
        };
    }

    private static String ruleOf(LabelmeFile.Shape shape) {
        return switch (shape.type()) {
            case "circle" -> "a circle must be its centre and a point on it";
            case "polygon" -> "a polygon must be three points or more, of two finite numbers each";
            default -> "a " + shape.type() + " must be two points or more, of two finite numbers each";
        };
    }

    /** What a shape encloses; NaN where its points are too few or no numbers. */
    private static Extent extent(LabelmeFile.Shape shape) {
        double[] points = shape.points();
        Box around = Outlines.around(points);
        Extent nowhere = new Extent(Outlines.NOWHERE, Double.NaN, false);
        return switch (shape.type()) {
            case "circle" -> points.length == 4 ? circle(points) : nowhere;
            case "polygon" -> points.length >= 6 ? new Extent(around, Outlines.area(points), false) : nowhere;
            case "rotation" -> points.length >= 6 ? new Extent(around, Outlines.area(points), true) : nowhere;
            case "rectangle", "mask" -> points.length >= 4 ? new Extent(around, around.area(), false) : nowhere;
            default -> new Extent(around, around.area(), NO_BOXES.contains(shape.type()));
        };
    }

    private static Extent circle(double[] points) {
        double radius = Math.hypot(points[2] - points[0], points[3] - points[1]);
        Box box = Outlines.centred(points[0], points[1], radius, radius);
        return new Extent(box, Math.PI * radius * radius, true);
    }
}
