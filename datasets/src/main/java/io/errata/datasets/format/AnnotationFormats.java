package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** All formats of annotated images: those of Errata, and those that {@link ServiceLoader} finds on the class path. */
public final class AnnotationFormats {

    /** The only list of formats. */
    private static final List<AnnotationFormat> BUILT_IN = List.of(
            PascalVoc.format(),
            Coco.format(),
            Yolo.format(),
            DlibXml.format(),
            Csv.format(),
            Cvat.format(),
            Labelme.format(),
            UnannotatedImages.format(),
            SyntheticFormat.format());

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");

    private AnnotationFormats() {}

    /**
     * All formats, Errata's first.
     *
     * @throws InvalidInputException if a format on the class path cannot be loaded, or its name is taken or no name ({@code bad-format})
     */
    public static List<AnnotationFormat> all() {
        Map<String, AnnotationFormat> byName = new LinkedHashMap<>();
        BUILT_IN.forEach(format -> byName.put(format.name(), format));
        try {
            for (AnnotationFormat format : ServiceLoader.load(AnnotationFormat.class)) {
                if (!NAME.matcher(format.name()).matches() || byName.putIfAbsent(format.name(), format) != null) {
                    throw bad("name of a format must be in lower case and its own, found " + format.name() + " of "
                            + format.getClass().getName());
                }
            }
        } catch (ServiceConfigurationError e) {
            throw bad("a format on the class path must be loadable, found " + e.getMessage());
        }
        return List.copyOf(byName.values());
    }

    /** The formats that can be written. */
    public static List<AnnotationFormat> writable() {
        return all().stream().filter(format -> format.writer().isPresent()).toList();
    }

    /** The format of this name; empty where there is none. */
    public static Optional<AnnotationFormat> named(String name) {
        return all().stream().filter(format -> format.name().equals(name)).findFirst();
    }

    /** The names of these formats, in their order. */
    public static List<String> names(List<AnnotationFormat> formats) {
        return formats.stream().map(AnnotationFormat::name).toList();
    }

    /** What specifications look like: {@code voc:DIR[:SPLIT], coco:FILE.json[:IMAGES], … or synthetic:NAME[?key=value&…]}. */
    public static String forms() {
        return orList(all().stream().map(AnnotationFormat::form).toList());
    }

    /** A list for people: {@code a, b or c}. */
    public static String orList(List<String> items) {
        int last = items.size() - 1;
        return last < 1 ? String.join("", items) : String.join(", ", items.subList(0, last)) + " or " + items.get(last);
    }

    private static InvalidInputException bad(String text) {
        return new InvalidInputException(Problem.of("bad-format", text));
    }
}
