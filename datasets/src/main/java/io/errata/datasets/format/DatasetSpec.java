package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import io.errata.datasets.synthetic.SyntheticDatasets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a data set lies, in one line: {@code voc:DIR[:SPLIT]}, {@code coco:FILE.json[:IMAGES]}, {@code yolo:DATA.yaml[:SPLIT]},
 * {@code dlib:FILE.xml}, {@code csv:FILE.csv[:IMAGES]} or {@code synthetic:NAME[?key=value&…]}; {@code @LIST.txt} at its end keeps the
 * images named there ({@link ImageNames}). Relative paths stand relative to the working directory. What follows the last {@code :} is
 * the split or the image folder, and what follows the last {@code @} is the list, unless a file of the whole name exists.
 *
 * <p>Before the list may stand {@code ?key=value&…}, how far files are trusted ({@link Limits}): {@code outside=allow},
 * {@code max_megapixels=N} of an image and {@code max_megabytes=N} of a text.
 */
public final class DatasetSpec {

    private static final String FORMS =
            "voc:DIR[:SPLIT], coco:FILE.json[:IMAGES], yolo:DATA.yaml[:SPLIT], dlib:FILE.xml, csv:FILE.csv[:IMAGES] or"
                    + " synthetic:NAME[?key=value&…]";

    private final String text;
    private final Source source;
    private final @Nullable Path list;
    private final @Nullable Path cocoFile;
    private final Supplier<Map<String, DatasetSpec>> splits;

    /** Reads one data set. */
    private interface Source {

        Reading read(ReadOptions options);
    }

    private DatasetSpec(
            String text,
            Source source,
            @Nullable Path list,
            @Nullable Path cocoFile,
            Supplier<Map<String, DatasetSpec>> splits) {
        this.text = text;
        this.source = source;
        this.list = list;
        this.cocoFile = cocoFile;
        this.splits = splits;
    }

    /**
     * Understands a specification; nothing is read yet.
     *
     * @throws InvalidInputException if it has none of the forms above ({@code bad-spec})
     */
    public static DatasetSpec parse(String spec) {
        int colon = spec.indexOf(':');
        if (colon < 0) {
            throw bad(spec, "must be " + FORMS);
        }
        String kind = spec.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        int at = isFile(spec.substring(colon + 1)) ? -1 : spec.lastIndexOf('@');
        String where = spec.substring(colon + 1, at > colon ? at : spec.length());
        if (where.isBlank()) {
            throw bad(spec, "must say where the data lies after " + kind + ":");
        }
        Path list = at > colon ? path(spec, spec.substring(at + 1)) : null;
        if (kind.equals("synthetic")) {
            return new DatasetSpec(spec, synthetic(spec, where), list, null, Map::of);
        }
        int question = Files.exists(path(spec, where)) ? -1 : where.lastIndexOf('?');
        String place = question < 0 ? where : where.substring(0, question);
        String rest = spec.substring(colon + 1 + place.length());
        Limits limits = limits(spec, question < 0 ? "" : where.substring(question + 1));
        Source files = files(spec, kind, place);
        return new DatasetSpec(
                spec,
                options -> files.read(options.withLimits(limits)),
                list,
                kind.equals("coco") ? fileOf(spec, place) : null,
                () -> splits(spec, kind, place, rest));
    }

    /**
     * The parts of the data set that are trained, validated and tested on, by name, where it is a YOLO or VOC set that has several and
     * the specification names none; otherwise none.
     */
    public Map<String, DatasetSpec> splits() {
        return splits.get();
    }

    /** Reads the data set; image files are looked at, not decoded. What is wrong is told, not thrown. */
    public Reading read() {
        return read(ReadOptions.defaults());
    }

    /** Reads the annotations alone, where the images may be missing; only YOLO's, which give no sizes, need them. */
    public Reading readAnnotations() {
        return read(ReadOptions.defaults().withoutOpeningImages());
    }

    /**
     * The ids behind the names, which COCO's files of results are written with; all of the file's, whatever the list keeps.
     *
     * @throws InvalidInputException if it is no {@code coco:} specification, or no sound COCO file
     */
    public Coco.Ids cocoIds() {
        if (cocoFile == null) {
            throw bad(text, "must be coco:FILE.json[:IMAGES] where ids are needed");
        }
        return Coco.ids(cocoFile);
    }

    /** Reads the data set and tells also what training can live with ({@link ReadOptions#thorough}). */
    public Reading readThoroughly() {
        return read(ReadOptions.defaults().thoroughly());
    }

    /** Reads several data sets as one ({@link Reading#together}). */
    public static Reading readAll(List<DatasetSpec> specs) {
        return Reading.together(specs.stream().map(DatasetSpec::read).toList());
    }

    /** The specification as it was written. */
    @Override
    public String toString() {
        return text;
    }

    private Reading read(ReadOptions options) {
        try {
            return source.read(list == null ? options : options.withNames(ImageNames.readFrom(list)));
        } catch (InvalidInputException e) {
            return new Reading(Dataset.of(List.of()), e.problems());
        }
    }

    private static Source files(String spec, String kind, String where) {
        int colon = where.lastIndexOf(':');
        Path path = fileOf(spec, where);
        String part = colon < 0 || Files.exists(path(spec, where)) ? null : where.substring(colon + 1);
        Path images = part == null ? null : path(spec, part);
        return switch (kind) {
            case "voc" -> options -> PascalVoc.inspect(path, part, options);
            case "coco" -> options -> Coco.inspect(path, images, options);
            case "yolo" -> options -> Yolo.inspect(path, part, options);
            case "dlib" -> options -> DlibXml.inspect(path(spec, where), options);
            case "csv" -> options -> Csv.inspect(path, images, options);
            default -> throw bad(spec, "must be " + FORMS);
        };
    }

    /** What stands before the split or image folder. */
    private static Path fileOf(String spec, String where) {
        int colon = where.lastIndexOf(':');
        boolean whole = colon < 0 || Files.exists(path(spec, where));
        return path(spec, whole ? where : where.substring(0, colon));
    }

    /** The specifications of the splits by their names; {@code rest} is what stands behind the place. */
    private static Map<String, DatasetSpec> splits(String spec, String kind, String where, String rest) {
        Path path = path(spec, where);
        List<String> splits = List.of();
        if (kind.equals("voc") && Files.isDirectory(path)) {
            splits = PascalVoc.splits(path);
        } else if (kind.equals("yolo") && Files.isRegularFile(path)) {
            splits = Yolo.splits(path);
        }
        Map<String, DatasetSpec> specs = new LinkedHashMap<>();
        if (splits.size() > 1) {
            splits.forEach(split -> specs.put(split, parse(kind + ":" + where + ":" + split + rest)));
        }
        return specs;
    }

    private static Source synthetic(String spec, String where) {
        int question = where.indexOf('?');
        String name = question < 0 ? where : where.substring(0, question);
        Map<String, String> settings = settings(spec, question < 0 ? "" : where.substring(question + 1));
        return options -> options.names().keepIn(SyntheticDatasets.create(name, settings));
    }

    private static Limits limits(String spec, String text) {
        Limits limits = Limits.defaults();
        for (Map.Entry<String, String> setting : settings(spec, text).entrySet()) {
            String value = setting.getValue();
            limits = switch (setting.getKey()) {
                case "outside" -> {
                    if (!value.equals("allow")) {
                        throw bad(spec, "must have outside=allow or no such setting, but has " + value);
                    }
                    yield limits.allowingOutside();
                }
                case "max_megapixels" ->
                    limits.withMaxPixels(1_000_000 * count(spec, value, Limits.PIXEL_LIMIT / 1_000_000));
                case "max_megabytes" -> limits.withMaxBytes(count(spec, value, 2047) << 20);
                default ->
                    throw bad(
                            spec,
                            "can have the settings outside, max_megapixels and max_megabytes, but has "
                                    + setting.getKey());
            };
        }
        return limits;
    }

    private static long count(String spec, String text, long most) {
        double number = RawAnnotation.number(text);
        if (!(number >= 1 && number <= most && number == Math.rint(number))) {
            throw bad(spec, "must have limits that are integers in [1, " + most + "], but has " + text);
        }
        return (long) number;
    }

    private static Map<String, String> settings(String spec, String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = setting.indexOf('=');
            if (equals <= 0) {
                throw bad(spec, "must have settings key=value, but has " + setting);
            }
            if (settings.put(setting.substring(0, equals), setting.substring(equals + 1)) != null) {
                throw bad(spec, "must have every setting once, but has " + setting + " again");
            }
        }
        return settings;
    }

    private static boolean isFile(String text) {
        try {
            return Files.exists(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Path path(String spec, String text) {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw bad(spec, "must name files, but has \"" + text + "\"");
    }

    private static InvalidInputException bad(String spec, String rule) {
        return new InvalidInputException(Problem.of("bad-spec", "a data set " + rule + ", found " + spec));
    }
}
