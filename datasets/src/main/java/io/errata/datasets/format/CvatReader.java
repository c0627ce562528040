package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Spelling;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@link Cvat}. */
final class CvatReader {

    private static final Set<String> OBJECTS = Set.of("box", "polygon", "ellipse", "mask", "cuboid");
    private static final Set<String> NO_BOXES = Set.of("polyline", "points", "skeleton", "tag");
    private static final String RULE = "an object must be a <box>, <polygon>, <ellipse>, <mask> or <cuboid>, found a <";

    private final Path xml;
    private final ImageFolders folders;
    private final ReadingBuilder builder;
    private final List<Label> labels = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    /** A label that the file lists; {@code isBox} unless it is for something else, such as points. */
    private record Label(String name, boolean isBox) {}

    /** What is known of an image's objects; {@code whole} unless something is somewhere on it, nobody knows where. */
    private record Objects(List<Function<ImageSize, RawAnnotation>> found, boolean whole) {}

    private CvatReader(Path xml, @Nullable Path images, ReadOptions options) {
        this.xml = xml;
        this.folders = ImageFolders.of(xml, images);
        this.builder = new ReadingBuilder(options);
    }

    /** Reads what is valid and reports what is not. */
    static Reading read(Path xml, @Nullable Path images, ReadOptions options) {
        CvatReader reader = new CvatReader(xml, images, options);
        reader.builder.xml(xml, "annotations").ifPresent(reader::readAll);
        SourceLocation whole = SourceLocation.of(xml);
        return reader.labels.isEmpty()
                ? reader.builder.reading(whole)
                : reader.builder.reading(whole, reader.classes());
    }

    private List<String> classes() {
        return labels.stream()
                .filter(label -> label.isBox || used.contains(label.name))
                .map(Label::name)
                .distinct()
                .toList();
    }

    private void readAll(XmlElement root) {
        Optional<XmlElement> track = root.child("track");
        if (track.isPresent()) {
            builder.report(
                    place(track.get()),
                    "not-an-annotation",
                    "file must be CVAT for images 1.1, found a <track> of CVAT for video 1.1, which names no images;"
                            + " export the task as CVAT for images 1.1");
            return;
        }
        List<XmlElement> works = root.all("meta").stream()
                .flatMap(meta -> meta.children().stream())
                .toList();
        works.stream()
                .flatMap(work -> work.all("labels").stream())
                .flatMap(list -> list.all("label").stream())
                .filter(label ->
                        label.child("parent").isEmpty() && !label.text("name").isEmpty())
                .forEach(label -> labels.add(new Label(label.text("name"), !NO_BOXES.contains(label.text("type")))));
        String subset =
                works.stream().map(work -> work.text("subset")).findFirst().orElse("");
        root.all("image").forEach(image -> readImage(image, subset));
    }

    private void readImage(XmlElement image, String subset) {
        SourceLocation place = place(image);
        String given = image.attribute("name");
        String own = image.attribute("subset");
        String folder = own.isEmpty() ? subset : own;
        List<String> names = folder.isEmpty() ? List.of(given) : List.of(given, folder + "/" + given);
        Optional<NamedFile> file = folders.find(names, builder.opensImages());
        if (file.isEmpty()) {
            builder.report(place, "bad-value", "name of an image must be a path, found \"" + given + "\"");
        } else if (file.get().isToBeRead(place, builder)) {
            Path path = file.get().path();
            Objects objects = objects(image);
            builder.size(place, path, declared(image))
                    .filter(size -> objects.whole)
                    .ifPresent(size -> {
                        List<RawAnnotation> annotations = new ArrayList<>();
                        objects.found.forEach(object -> annotations.add(object.apply(size)));
                        builder.add(place, file.get().name(), path, size, annotations);
                    });
        }
    }

    private Objects objects(XmlElement image) {
        List<Function<ImageSize, RawAnnotation>> found = new ArrayList<>();
        boolean whole = true;
        for (XmlElement element : image.children()) {
            if (element.attribute("outside").equals("1")) {
                continue;
            }
            if (element.name().equals("tag")) {
                builder.report(
                        place(element),
                        "not-a-box",
                        RULE + "tag>, which is of the whole image; delete it, and draw a box if it means an object");
                whole &= image.children().size() > image.all("tag").size();
            } else {
                Optional<Function<ImageSize, RawAnnotation>> object =
                        OBJECTS.contains(element.name()) ? object(element) : region(element);
                object.ifPresent(found::add);
                whole &= object.isPresent();
            }
        }
        return new Objects(found, whole);
    }

    private Optional<Function<ImageSize, RawAnnotation>> object(XmlElement element) {
        CvatShape shape = CvatShape.of(element);
        String label = element.attribute("label");
        String flaw = shape.flaw();
        if (flaw != null) {
            builder.report(place(element), "bad-value", flaw + "; correct it; its image is left out");
        }
        if (!isKnown(element, label) || flaw != null) {
            return Optional.empty();
        }
        boolean difficult = isTrue(element, "difficult");
        boolean crowd = isTrue(element, "is_crowd");
        return Optional.of(size -> {
            Box box = shape.within(size);
            double area = Math.min(shape.area(), box.area());
            return new RawAnnotation(
                    place(element), new GroundTruth(label, box, area, difficult, crowd), shape.found());
        });
    }

    /** What is no box, as a region to be ignored; empty where it covers nothing. */
    private Optional<Function<ImageSize, RawAnnotation>> region(XmlElement element) {
        Box extent = CvatShape.extent(element);
        String label = element.attribute("label");
        boolean covers = extent.area() > 0 && NO_BOXES.contains(element.name());
        builder.report(
                place(element),
                "not-a-box",
                RULE + element.name() + ">; draw a box instead; "
                        + (covers ? "what it covers is ignored" : "its image is left out"));
        if (!covers || !isKnown(element, label)) {
            return Optional.empty();
        }
        return Optional.of(size -> {
            Box inside = extent.clippedTo(size.width(), size.height());
            Box box = inside.isEmpty() ? extent : inside;
            return new RawAnnotation(place(element), new GroundTruth(label, box, box.area(), false, true), extent);
        });
    }

    private boolean isKnown(XmlElement element, String label) {
        List<String> names = labels.stream().map(Label::name).toList();
        used.add(label);
        boolean known = names.isEmpty() ? !label.isEmpty() : names.contains(label);
        if (!known) {
            String rule = names.isEmpty() ? "label must not be empty" : "label must be one of " + names;
            builder.report(
                    place(element),
                    "unknown-class",
                    rule + ", found \"" + label + "\"" + Spelling.hint(label, names) + "; its image is left out");
        }
        return known;
    }

    private static boolean isTrue(XmlElement element, String attribute) {
        return element.all("attribute").stream()
                .filter(child -> child.attribute("name").equals(attribute))
                .map(child -> child.characters().toString().strip())
                .anyMatch(value -> value.equalsIgnoreCase("true") || value.equals("1"));
    }

    private SourceLocation place(XmlElement element) {
        return SourceLocation.of(xml, element.line(), element.name());
    }

    private static @Nullable ImageSize declared(XmlElement image) {
        double width = RawAnnotation.number(image.attribute("width"));
        double height = RawAnnotation.number(image.attribute("height"));
        return width >= 1 && height >= 1 ? new ImageSize((int) width, (int) height) : null;
    }
}
