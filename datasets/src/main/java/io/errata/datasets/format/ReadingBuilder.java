package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import io.errata.datasets.image.BitDepth;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageForm;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The rules that all formats share: which images are wanted, whether their sizes agree, which boxes are valid. For each image a reader
 * asks {@link #wants}, then {@link #size}, then hands over the objects with {@link #add}; at the end it takes the {@link #reading}.
 * Problems are collected on the way. Not safe to use from several threads.
 */
public final class ReadingBuilder {

    private final ReadOptions options;
    private final List<Problem> problems = new ArrayList<>();
    private final List<AnnotatedImage> images = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> added = new HashSet<>();
    private final Set<Note> notes = new LinkedHashSet<>();
    private final Set<Path> deep = new HashSet<>();
    private final Map<Background, Integer> backgrounds = new EnumMap<>(Background.class);

    /** Nothing is read yet. */
    public ReadingBuilder(ReadOptions options) {
        this.options = options;
    }

    /** Whether image files are looked at; without, they may be missing. */
    public boolean opensImages() {
        return options.openImages();
    }

    /** Whether to report also what training can live with. */
    public boolean thorough() {
        return options.thorough();
    }

    void report(Problem problem) {
        problems.add(problem);
    }

    /** Reports a problem of what stands there. */
    public void report(SourceLocation place, String kind, String text) {
        problems.add(place.problem(kind, text));
    }

    /** Notes what is no mistake but should be known; the same text is said once. */
    public void note(String kind, String text) {
        notes.add(new Note(kind, text));
    }

    void throwProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** Whether this image is to be read; one that is not needs no further work. */
    public boolean wants(String name) {
        boolean wanted = options.names().contains(name);
        if (wanted) {
            seen.add(name);
        }
        return wanted;
    }

    /** Whether every image is wanted, not only those of a list. */
    public boolean wantsAll() {
        return options.names().equals(ImageNames.all());
    }

    /** The lines of a UTF-8 text file; empty, and a problem reported, where it cannot be read. */
    public Optional<List<String>> lines(Path file) {
        try {
            return Optional.of(TextFile.lines(file, options.limits().maxBytes()));
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** The files below a folder whose names pass; a link that leads out of the data set is not followed, and reported. */
    List<Path> files(FileTree dataset, Path folder, Predicate<String> name) throws IOException {
        return new FileTree(folder).files(name, link -> admits(SourceLocation.of(link), dataset, link));
    }

    /** Whether a file may be read because it lies in the folder of its data set, or all may be; if not, a problem is reported. */
    boolean admits(SourceLocation place, FileTree dataset, Path file) {
        boolean admitted = mayLead(dataset, file);
        if (!admitted) {
            reportOutside(place, file);
        }
        return admitted;
    }

    /** The same without a report. */
    boolean mayLead(FileTree dataset, Path file) {
        return options.limits().outside() || dataset.contains(file);
    }

    void reportOutside(SourceLocation place, Path file) {
        report(
                place,
                "outside-dataset",
                "file must lie in the folder of its data set, found " + file
                        + (Files.isSymbolicLink(file) ? ", a link" : "")
                        + "; copy it there, or write ?outside=allow behind the data set if you trust it");
    }

    /**
     * Reports images without an annotation, in the folders where others have one.
     *
     * @param rule what each must have
     */
    void reportUnannotated(Set<Path> annotated, String rule) throws IOException {
        Set<Path> folders = annotated.stream().map(FileTree::folderOf).collect(Collectors.toCollection(TreeSet::new));
        for (Path folder : folders) {
            for (Path image : new FileTree(folder).files(ImageFile::isImageName, link -> false)) {
                if (folder.equals(FileTree.folderOf(image)) && !annotated.contains(image)) {
                    report(SourceLocation.of(image), "missing-annotation", rule);
                }
            }
        }
    }

    /** The root of an XML file, which must have this name; empty, and a problem reported, where it is not. */
    Optional<XmlElement> xml(Path file, String rootName) {
        try {
            XmlElement root =
                    XmlElement.read(TextFile.xml(file, options.limits().maxBytes()));
            if (root.name().equals(rootName)) {
                return Optional.of(root);
            }
            report(
                    SourceLocation.of(file, root.line(), root.name()),
                    "not-an-annotation",
                    "root of the file must be <" + rootName + ">, found <" + root.name() + ">");
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            String found = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            report(
                    SourceLocation.of(file, line, null),
                    "broken-xml",
                    "file must be whole XML without DOCTYPE, found " + found);
        }
        return Optional.empty();
    }

    /**
     * How large an image is; empty, and a problem reported, where its file is missing, unreadable, or not as large as declared.
     *
     * @param declared the size that the annotation gives, or {@code null}
     */
    public Optional<ImageSize> size(SourceLocation place, Path file, @Nullable ImageSize declared) {
        if (declared != null && !options.openImages()) {
            return Optional.of(declared);
        }
        try {
            ImageForm form = ImageFile.form(file, options.limits().maxPixels());
            ImageSize size = form.size();
            if (form.sixteenBits()) {
                deep.add(file);
            }
            if (declared == null || declared.equals(size)) {
                return Optional.of(size);
            }
            report(place, "size-mismatch", mismatch(file, size, declared));
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                String other = place.file().equals(file.toString()) ? "" : file + ": ";
                report(place, problem.kind(), other + problem.problem());
            }
        }
        return Optional.empty();
    }

    /** Adds an image with its valid objects; the image is left out where the place of an object is not known. */
    public void add(SourceLocation place, String name, Path file, ImageSize size, List<RawAnnotation> candidates) {
        add(place, name, file, size, candidates, Background.LISTED);
    }

    /** The same, and why the image counts as background where it has no objects. */
    void add(
            SourceLocation place,
            String name,
            Path file,
            ImageSize size,
            List<RawAnnotation> candidates,
            Background background) {
        if (!added.add(name)) {
            report(place, "duplicate-image", "an image must be annotated once, found " + name + " again; delete one");
            return;
        }
        if (options.openImages() && !options.limits().outside() && leadsOut(name, file)) {
            reportOutside(place, file);
            return;
        }
        List<GroundTruth> objects = new ArrayList<>();
        Set<GroundTruth> known = new HashSet<>();
        for (RawAnnotation candidate : candidates) {
            Optional<Problem> problem = options.openImages() && candidate.isFraction(size)
                    ? Optional.of(candidate.inFractions())
                    : candidate.problem(size, options.boxesAnywhere());
            problem.ifPresent(problems::add);
            if (problem.isEmpty()) {
                GroundTruth object = candidate.object();
                if (known.add(object) || !options.thorough()) {
                    objects.add(object);
                } else {
                    reportTwice(candidate.place(), object, candidate.found());
                }
            } else if (candidate.hasPlace() && !candidate.isFraction(size)) {
                candidate.ignoredRegion(size).ifPresent(objects::add);
            }
        }
        if (candidates.isEmpty()) {
            backgrounds.merge(background, 1, Integer::sum);
        }
        boolean fractions =
                options.openImages() && candidates.stream().anyMatch(candidate -> candidate.isFraction(size));
        if (!fractions && candidates.stream().allMatch(RawAnnotation::hasPlace)) {
            ImageFile source = new ImageFile(file, options.limits().maxPixels(), bits());
            images.add(new AnnotatedImage(name, source, size.width(), size.height(), objects));
        }
    }

    private void reportTwice(SourceLocation place, GroundTruth object, Object found) {
        report(
                place,
                "duplicate-box",
                "an object must be annotated once, found " + object.label() + " at " + found + " again; delete one");
    }

    /** Whether a file lies elsewhere than below the folder that its name stands relative to. */
    private static boolean leadsOut(String name, Path file) {
        Path relative = Path.of(name).normalize();
        Path root = file.toAbsolutePath().normalize();
        if (!root.endsWith(relative)) {
            return true; // absolute, or begins with ..
        }
        for (int i = 0; i < relative.getNameCount(); i++) {
            root = FileTree.folderOf(root);
        }
        return relative.isAbsolute() || !new FileTree(root).contains(file);
    }

    /** What was read, with the classes found on it. */
    public Reading reading(SourceLocation dataset) {
        return reading(dataset, Dataset.of(images).classes());
    }

    /**
     * What was read.
     *
     * @param dataset where to report that it is empty
     * @param classes the classes in their order, among them those of all objects
     */
    public Reading reading(SourceLocation dataset, List<String> classes) {
        List<Problem> all = new ArrayList<>(problems);
        boolean nothingToSee = seen.isEmpty() && !problems.isEmpty(); // as reported already
        if (!nothingToSee) {
            all.addAll(options.names().notAmong(seen));
        }
        depthProblem(dataset).ifPresent(all::add);
        if (images.isEmpty() && all.isEmpty()) {
            all.add(dataset.problem("empty-dataset", "a data set must have at least one annotated image, found none"));
        }
        noteAlikeClasses(classes);
        noteBackgrounds();
        return new Reading(new Dataset(classes, images), all, List.copyOf(notes));
    }

    private int bits() {
        int bits = options.limits().bits();
        return bits == Limits.UNSAID_BITS ? ImageFile.ALL_BITS : bits;
    }

    /**
     * Where images of 16 bits use fewer and nobody said so, they would be read as black: a problem, and they are left out. Where
     * somebody said so, it is noted.
     */
    private Optional<Problem> depthProblem(SourceLocation dataset) {
        List<AnnotatedImage> sixteen = images.stream().filter(this::isDeep).toList();
        if (options.limits().bits() != Limits.UNSAID_BITS) {
            if (!sixteen.isEmpty() && bits() < ImageFile.ALL_BITS) {
                String read = sixteen.size() == 1 ? " image of 16 bits is read as " : " images of 16 bits are read as ";
                note("sample-bits", sixteen.size() + read + bits() + " bits");
            }
            return Optional.empty();
        }
        Optional<BitDepth> dark =
                BitDepth.ofDark(sixteen.stream().map(ReadingBuilder::file).toList());
        dark.ifPresent(depth -> images.removeIf(this::isDeep));
        return dark.map(depth -> dataset.problem(
                "ambiguous-depth",
                "images of 16 bits must use the highest of them, or be said to use fewer, found at most " + depth.used()
                        + " bits used by the " + depth.looked() + " looked at of " + sixteen.size()
                        + "; write ?bits=" + depth.setting() + " behind the data set, or as many as the camera has, or"
                        + " ?bits=16 to take them as they are"));
    }

    private boolean isDeep(AnnotatedImage image) {
        return deep.contains(file(image).path());
    }

    private static ImageFile file(AnnotatedImage image) {
        return (ImageFile) image.source();
    }

    /** Class names that people take for one. */
    private void noteAlikeClasses(List<String> classes) {
        Map<String, String> first = new HashMap<>();
        for (String label : classes) {
            String key = Normalizer.normalize(label, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
            String other = first.putIfAbsent(key, label);
            if (other != null) {
                note(
                        "classes-alike",
                        "classes " + other + " and " + label
                                + " look alike and are two; data.merge takes classes together");
            }
        }
    }

    private void noteBackgrounds() {
        int count = backgrounds.values().stream().mapToInt(Integer::intValue).sum();
        if (count > 0) {
            String reasons = backgrounds.entrySet().stream()
                    .map(entry -> entry.getKey().of(entry.getValue()))
                    .collect(Collectors.joining(", "));
            note(
                    "background-images",
                    count + " of " + images.size() + " images " + (count == 1 ? "counts" : "count") + " as background: "
                            + reasons);
        }
    }

    private static String mismatch(Path file, ImageSize size, ImageSize declared) {
        boolean exchanged = declared.width() == size.height() && declared.height() == size.width();
        String advice = "correct the annotation";
        if (exchanged && isTurned(file, size)) {
            advice = "its EXIF rotation was not there when it was annotated: remove it";
        } else if (exchanged) {
            advice = "width and height are exchanged in the annotation: exchange them, and look whether the boxes fit";
        }
        return "image must be as large as annotated, " + declared + ", found " + size + " in " + file + "; " + advice;
    }

    /** Whether the file's pixels lie the other way round than its EXIF orientation shows them. */
    private static boolean isTurned(Path file, ImageSize shown) {
        try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return false;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return reader.getWidth(0) == shown.height();
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) { // the JDK's readers are not hardened against damaged files
            return false;
        }
    }
}
