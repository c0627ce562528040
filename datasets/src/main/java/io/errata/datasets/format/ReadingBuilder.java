package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The rules all formats share: which images are wanted, whether their sizes agree, which boxes are sound. A reader asks
 * {@link #wants}, then {@link #size}, then hands over an image's objects with {@link #add}.
 */
final class ReadingBuilder {

    private final ReadOptions options;
    private final List<Problem> problems = new ArrayList<>();
    private final List<AnnotatedImage> images = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> added = new HashSet<>();

    ReadingBuilder(ReadOptions options) {
        this.options = options;
    }

    boolean opensImages() {
        return options.openImages();
    }

    void report(Problem problem) {
        problems.add(problem);
    }

    void report(Place place, String kind, String text) {
        problems.add(place.problem(kind, text));
    }

    void throwProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** Whether this image is to be read; one that is not needs no further work. */
    boolean wants(String name) {
        boolean wanted = options.names().contains(name);
        if (wanted) {
            seen.add(name);
        }
        return wanted;
    }

    /** The root of an XML file, which must have this name; empty, and a problem told, where it is not. */
    Optional<XmlElement> xml(Path file, String rootName) {
        try {
            XmlElement root = XmlElement.read(file);
            if (root.name().equals(rootName)) {
                return Optional.of(root);
            }
            report(
                    Place.of(file, root.line(), root.name()),
                    "not-an-annotation",
                    "root of the file must be <" + rootName + ">, found <" + root.name() + ">");
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            String found = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            report(Place.of(file, line, null), "broken-xml", "file must be whole XML without DOCTYPE, found " + found);
        } catch (IOException e) {
            report(Place.of(file), "unreadable-file", "file must be readable, found " + e);
        }
        return Optional.empty();
    }

    /**
     * How large an image is; empty, and a problem told, where its file is missing, unreadable, or not as large as declared.
     *
     * @param declared the size that the annotation gives, or {@code null}
     */
    Optional<ImageSize> size(Place place, Path file, @Nullable ImageSize declared) {
        if (declared != null && !options.openImages()) {
            return Optional.of(declared);
        }
        try {
            ImageSize size = ImageFile.size(file);
            if (declared == null || declared.equals(size)) {
                return Optional.of(size);
            }
            report(place, "size-mismatch", mismatch(file, size, declared));
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                report(place, problem.kind(), file + ": " + problem.problem());
            }
        }
        return Optional.empty();
    }

    /** Takes an image with its sound objects; the image is left out where the place of an object is not known. */
    void add(Place place, String name, Path file, ImageSize size, List<Candidate> candidates) {
        if (!added.add(name)) {
            report(place, "duplicate-image", "an image must be annotated once, found " + name + " again; delete one");
            return;
        }
        List<GroundTruth> objects = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<Problem> problem = candidate.problem(size);
            problem.ifPresent(problems::add);
            if (problem.isEmpty()) {
                objects.add(candidate.within(size));
            } else if (candidate.hasPlace()) {
                candidate.ignoredRegion(size).ifPresent(objects::add);
            }
        }
        if (candidates.stream().allMatch(Candidate::hasPlace)) {
            images.add(new AnnotatedImage(name, new ImageFile(file), size.width(), size.height(), objects));
        }
    }

    /** What was read, with the classes found on it. */
    Reading reading(Place dataset) {
        return reading(dataset, Dataset.of(images).classes());
    }

    /** What was read. */
    Reading reading(Place dataset, List<String> classes) {
        List<Problem> all = new ArrayList<>(problems);
        boolean nothingToSee = seen.isEmpty() && !problems.isEmpty(); // as told already
        if (!nothingToSee) {
            all.addAll(options.names().notAmong(seen));
        }
        if (images.isEmpty() && all.isEmpty()) {
            all.add(dataset.problem("empty-dataset", "a data set must have at least one annotated image, found none"));
        }
        return new Reading(new Dataset(classes, images), all);
    }

    private static String mismatch(Path file, ImageSize size, ImageSize declared) {
        boolean turned = declared.width() == size.height() && declared.height() == size.width();
        return "image must be as large as annotated, " + declared + ", found " + size + " in " + file
                + (turned
                        ? "; its EXIF rotation was not there when it was annotated: remove it"
                        : "; correct the annotation");
    }
}
