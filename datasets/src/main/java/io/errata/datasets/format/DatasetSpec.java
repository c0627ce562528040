package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.problem.Spelling;
import io.errata.datasets.Dataset;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a data set lies, in one line: the name of its {@linkplain AnnotationFormats format}, a colon and the file or folder, such as
 * {@code voc:DIR}. A split or the folder of the images may follow behind another colon ({@link AnnotationFormat#form}), and
 * {@code @LIST.txt} at the end keeps the images named there ({@link ImageNames}). Relative paths stand relative to the working
 * directory. Names may hold {@code :}, {@code ?} and {@code @}: the longest beginning that exists is the file or folder.
 *
 * <p>Before the list may stand {@code ?key=value&…}: the format's own settings if it has some, otherwise how far files are trusted
 * ({@link Limits}): {@code outside=allow}, {@code max_megapixels=N} of an image and {@code max_megabytes=N} of a text; and
 * {@code bits=N}, how many of their 16 bits images of 16 bits use.
 */
public final class DatasetSpec {

    private final String text;
    private final AnnotationFormat format;
    private final DatasetLocation location;
    private final Limits limits;
    private final @Nullable Path list;
    private final String rest;

    private DatasetSpec(
            String text,
            AnnotationFormat format,
            DatasetLocation location,
            Limits limits,
            @Nullable Path list,
            String rest) {
        this.text = text;
        this.format = format;
        this.location = location;
        this.limits = limits;
        this.list = list;
        this.rest = rest;
    }

    /**
     * Parses a specification; nothing is read yet.
     *
     * @throws InvalidInputException if it has not the form of a format ({@code bad-spec})
     */
    public static DatasetSpec parse(String spec) {
        int colon = spec.indexOf(':');
        AnnotationFormat format = format(spec, colon);
        String where = spec.substring(colon + 1);
        int end = format.hasSettings() ? 0 : existing(where, 0, format.part() != AnnotationFormat.Part.NONE);
        int names = end > 0 && where.startsWith(":", end) ? Math.max(end, existing(where, end + 1, false)) : end;
        int at = listAt(where, names);
        Path list = at < 0 ? null : path(spec, where.substring(at + 1));
        String whole = at < 0 ? where : where.substring(0, at);
        if (whole.isBlank()) {
            throw bad(spec, "must say where the data lies after " + format.name() + ":");
        }
        int question = question(spec, format, whole, names);
        String target = question < 0 ? whole : whole.substring(0, question);
        Map<String, String> settings = settings(spec, question < 0 ? "" : whole.substring(question + 1));
        return new DatasetSpec(
                spec,
                format,
                location(spec, format, target, end, format.hasSettings() ? settings : Map.of()),
                format.hasSettings() ? Limits.defaults() : limits(spec, settings),
                list,
                where.substring(target.length()));
    }

    /** The format that the data set is in. */
    public AnnotationFormat format() {
        return format;
    }

    /**
     * The parts of the data set that are trained, validated and tested on, by name, where it has several and the specification names
     * none; otherwise none.
     */
    public Map<String, DatasetSpec> splits() {
        Map<String, DatasetSpec> specs = new LinkedHashMap<>();
        if (format.part() == AnnotationFormat.Part.SPLIT && location.part() == null) {
            List<String> splits = format.splits(location.path());
            String start = text.substring(0, text.length() - rest.length());
            if (splits.size() > 1) {
                splits.forEach(split -> specs.put(split, parse(start + ":" + split + rest)));
            }
        }
        return specs;
    }

    /** Whether a list says which images are meant. */
    public boolean hasList() {
        return list != null;
    }

    /** Reads the data set; image files are looked at, not decoded. What is wrong is reported, not thrown. */
    public Reading read() {
        return read(ReadOptions.defaults());
    }

    /** Reads the data set for metrics: boxes stay as they are annotated, wherever they lie. */
    public Reading readForMetrics() {
        return read(ReadOptions.defaults().withBoxesAnywhere());
    }

    /** The same of the annotations alone, where the images may be missing; only YOLO's, which give no sizes, need them. */
    public Reading readAnnotations() {
        return read(ReadOptions.defaults().withoutOpeningImages().withBoxesAnywhere());
    }

    /**
     * The ids behind the names, which COCO's files of results are written with; all of the file's, whatever the list keeps.
     *
     * @throws InvalidInputException if it is no {@code coco:} specification, or no valid COCO file
     */
    public Coco.Ids cocoIds() {
        if (!(format instanceof Coco)) {
            throw bad(text, "must be " + Coco.format().form() + " where ids are needed");
        }
        return Coco.ids(location.path());
    }

    /** Reads the data set and reports also what training can live with ({@link ReadOptions#thorough}). */
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
            ReadOptions all = options.withLimits(limits);
            Reading reading = format.read(location, list == null ? all : all.withNames(ImageNames.readFrom(list)));
            List<Note> notes = new ArrayList<>(reading.notes());
            notes.addAll(ofAllSplits());
            return new Reading(reading.dataset(), reading.problems(), notes);
        } catch (InvalidInputException e) {
            return new Reading(Dataset.of(List.of()), e.problems());
        }
    }

    private List<Note> ofAllSplits() {
        Map<String, DatasetSpec> splits = splits();
        return splits.isEmpty() || list != null
                ? List.of()
                : List.of(new Note(
                        "all-splits",
                        text + " has the splits " + String.join(", ", splits.keySet())
                                + " and names none: all are read; for one write "
                                + splits.values().iterator().next()));
    }

    private static AnnotationFormat format(String spec, int colon) {
        String name = spec.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
        return AnnotationFormats.named(name)
                .orElseThrow(() -> new InvalidInputException(Problem.of(
                        "bad-spec",
                        "a data set must be " + AnnotationFormats.forms() + ", found " + spec
                                + Spelling.hint(name, AnnotationFormats.names(AnnotationFormats.all())))));
    }

    /**
     * Where the name of a file or folder that begins at {@code from} ends: behind the longest one that exists, before a {@code ?}, a
     * {@code @}, perhaps a {@code :}, or the end, so that names may hold these; 0 where there is none.
     */
    private static int existing(String where, int from, boolean beforeColon) {
        for (int end = where.length(); end > from; end--) {
            char next = end == where.length() ? '@' : where.charAt(end);
            boolean ends = next == '?' || next == '@' || (next == ':' && beforeColon);
            if (ends && isFile(where.substring(from, end))) {
                return end;
            }
        }
        return 0;
    }

    /** Where the list's {@code @} is, behind names: the first before a file that exists, or else the last; −1 where there is none. */
    private static int listAt(String where, int names) {
        for (int at = where.indexOf('@', names); at >= 0; at = where.indexOf('@', at + 1)) {
            if (isFile(where.substring(at + 1))) {
                return at;
            }
        }
        return where.lastIndexOf('@') >= names ? where.lastIndexOf('@') : -1;
    }

    /** Where the settings begin, behind names; −1 where there are none. */
    private static int question(String spec, AnnotationFormat format, String where, int names) {
        if (format.hasSettings()) {
            return where.indexOf('?');
        }
        int last = where.lastIndexOf('?');
        return last < names || Files.exists(path(spec, where)) ? -1 : last;
    }

    private static DatasetLocation location(
            String spec, AnnotationFormat format, String target, int end, Map<String, String> settings) {
        int colon = end > 0 ? end : target.lastIndexOf(':');
        if (format.part() == AnnotationFormat.Part.NONE || colon < 0 || colon >= target.length()) {
            return new DatasetLocation(path(spec, target), null, settings);
        }
        String part = target.substring(colon + 1);
        path(spec, part);
        return new DatasetLocation(path(spec, target.substring(0, colon)), part, settings);
    }

    private static Limits limits(String spec, Map<String, String> settings) {
        Limits limits = Limits.defaults();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
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
                case "bits" -> limits.withBits(bits(spec, value));
                default ->
                    throw bad(
                            spec,
                            "can have the settings outside, max_megapixels, max_megabytes and bits, but has "
                                    + setting.getKey());
            };
        }
        return limits;
    }

    private static int bits(String spec, String text) {
        double number = RawAnnotation.number(text);
        if (!(number >= ImageFile.FEWEST_BITS && number <= ImageFile.ALL_BITS && number == Math.rint(number))) {
            throw bad(
                    spec,
                    "must have bits that are an integer in [" + ImageFile.FEWEST_BITS + ", " + ImageFile.ALL_BITS
                            + "], but has " + text);
        }
        return (int) number;
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
            // reported below
        }
        throw bad(spec, "must name files, but has \"" + text + "\"");
    }

    private static InvalidInputException bad(String spec, String rule) {
        return new InvalidInputException(Problem.of("bad-spec", "a data set " + rule + ", found " + spec));
    }
}
