package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Excerpt;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.format.CsvColumns.Column;
import io.errata.datasets.format.CsvColumns.Form;
import io.errata.datasets.image.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Reads {@link Csv}. */
final class CsvReader {

    private static final String NO_LABEL = "object";
    private static final double ROUNDING = 0.01;
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?\\d+,\\d+");
    private static final Pattern BRACKETS = Pattern.compile("^[\\[({]|[])}]$");

    private final Path file;
    private final ImageFolders folders;
    private final ReadingBuilder builder;
    private final Set<String> broken = new HashSet<>();
    private CsvColumns columns = new CsvColumns(List.of());
    private boolean inFractions;

    /** A line, with the four numbers of its box. */
    private record Row(SourceLocation place, List<String> fields, List<String> texts, double[] numbers) {

        boolean hasBox() {
            return !texts.stream().allMatch(String::isEmpty);
        }

        boolean isFraction() {
            return DoubleStream.of(numbers).allMatch(number -> number >= -ROUNDING && number <= 1 + ROUNDING)
                    && !DoubleStream.of(numbers).allMatch(number -> number == Math.rint(number));
        }

        boolean mayBeFraction() {
            return DoubleStream.of(numbers)
                    .allMatch(number -> Double.isNaN(number) || (number >= -ROUNDING && number <= 1 + ROUNDING));
        }
    }

    private CsvReader(Path file, @Nullable Path images, ReadOptions options) {
        this.file = file;
        this.folders = ImageFolders.of(file, images);
        this.builder = new ReadingBuilder(options);
    }

    /** Reads what is valid and reports what is not; images of {@code null} lie where COCO's do. */
    static Reading read(Path csv, @Nullable Path images, ReadOptions options) {
        CsvReader reader = new CsvReader(csv, images, options);
        reader.builder.lines(csv).ifPresent(reader::read);
        return reader.builder.reading(SourceLocation.of(csv));
    }

    private void read(List<String> text) {
        String first = text.isEmpty() ? "" : text.get(0);
        CsvLines lines = CsvLines.of(first);
        List<String> header = lines.fields(first).orElse(List.of(first));
        columns = new CsvColumns(header);
        Optional<String> repeated = columns.repeated();
        if (repeated.isPresent() || columns.hasFourCorners()) {
            builder.report(
                    SourceLocation.of(file, 1, null),
                    "bad-columns",
                    repeated.isPresent()
                            ? "a column must be named once, found " + repeated.get() + " twice"
                            : "boxes must be upright, found the columns of four corners; write the box around them");
            return;
        }
        if (columns.form().isEmpty() || (!columns.has(Column.LABEL) && !columns.isWithoutClasses())) {
            tellHeader(header);
            return;
        }
        List<Row> rows = rows(text, lines);
        if (!isReadable(rows)) {
            return;
        }
        tellHowItIsRead(lines, rows);
        tellColumns(rows);
        Map<String, List<Row>> images = new LinkedHashMap<>();
        rows.forEach(row -> images.computeIfAbsent(text(row, Column.FILE), name -> new ArrayList<>())
                .add(row));
        found(images).forEach(this::readImage);
    }

    private void tellColumns(List<Row> rows) {
        for (Column column : List.of(Column.FILE, Column.LABEL)) {
            List<Integer> rivals = columns.rivals(column);
            boolean differ = rows.stream()
                    .anyMatch(row ->
                            rivals.stream().map(row.fields()::get).distinct().count() > 1);
            if (differ) {
                builder.note(
                        "columns-of-one-meaning",
                        "of the columns " + rivals.stream().map(columns::name).toList() + " only "
                                + columns.name(rivals.get(0)) + " counts");
            }
        }
        if (!columns.unknown().isEmpty()) {
            builder.note(
                    "columns-passed-over",
                    "columns without a meaning here are passed over: "
                            + Excerpt.of(String.join(", ", columns.unknown()), 200));
        }
    }

    private void tellHeader(List<String> header) {
        boolean data = header.stream().anyMatch(field -> !Double.isNaN(RawAnnotation.number(field)));
        builder.report(
                SourceLocation.of(file, 1, null),
                "missing-key",
                "first line must name the columns " + CsvColumns.understood() + ", found "
                        + Excerpt.of(header.toString(), 200)
                        + (data ? ", which is data; write a line of names above it" : "; name them so"));
    }

    private List<Row> rows(List<String> text, CsvLines lines) {
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < text.size(); i++) {
            String line = text.get(i);
            if (!line.isBlank()) {
                SourceLocation place = SourceLocation.of(file, i + 1, null);
                Optional<List<String>> fields = lines.fields(line);
                if (fields.isEmpty()) {
                    builder.report(
                            place,
                            "broken-csv",
                            "a field in quotes must end on its line, found one that does not; take the line break out or"
                                    + " close the quotes; nothing of the file is read");
                    return List.of();
                }
                row(place, fields.get()).ifPresent(rows::add);
            }
        }
        return rows;
    }

    private Optional<Row> row(SourceLocation place, List<String> fields) {
        if (fields.size() != columns.size()) {
            builder.report(
                    place, "broken-csv", "a line must have " + columns.size() + " fields, found " + fields.size());
            broken.add(columns.text(Column.FILE, fields));
            return Optional.empty();
        }
        List<String> texts = columns.boxColumns().stream()
                .map(column -> columns.text(column, fields))
                .toList();
        if (columns.boxColumns().contains(Column.BOX)) {
            String box = BRACKETS.matcher(texts.get(0)).replaceAll("").strip();
            texts = box.isEmpty() ? List.of("", "", "", "") : List.of(box.split("[,;\\s]+", -1));
        }
        Optional<String> comma = texts.stream()
                .filter(number -> DECIMAL_COMMA.matcher(number).matches())
                .findFirst();
        if (comma.isPresent()) {
            String number = comma.get();
            builder.report(
                    place,
                    "decimal-comma",
                    "numbers must have a decimal point, found " + number + "; write " + number.replace(',', '.')
                            + "; its image is left out");
            broken.add(columns.text(Column.FILE, fields));
            return Optional.empty();
        }
        double[] numbers = texts.stream().mapToDouble(RawAnnotation::number).toArray();
        double[] four = numbers.length == 4 ? numbers : new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        return Optional.of(new Row(place, fields, texts, four));
    }

    /** Whether boxes are upright, and all in the same units. */
    private boolean isReadable(List<Row> rows) {
        for (Row row : rows) {
            String angle = text(row, Column.ANGLE);
            if (!angle.isEmpty() && RawAnnotation.number(angle) != 0) {
                builder.report(
                        row.place,
                        "rotated-box",
                        "boxes must be upright, found " + columns.namesOf(List.of(Column.ANGLE)) + " = " + angle
                                + "; write the boxes around the rotated ones, without that column");
                return false;
            }
        }
        List<Row> boxes = rows.stream().filter(Row::hasBox).toList();
        inFractions = boxes.stream().anyMatch(Row::isFraction) && boxes.stream().allMatch(Row::mayBeFraction);
        if (!inFractions) {
            boxes.stream().filter(Row::isFraction).forEach(row -> {
                builder.report(
                        row.place,
                        "mixed-units",
                        "boxes must all be in pixels or all in fractions of the image, found " + row.texts
                                + " among others in pixels; its image is left out");
                broken.add(text(row, Column.FILE));
            });
        }
        return true;
    }

    private void tellHowItIsRead(CsvLines lines, List<Row> rows) {
        if (lines.separator() != ',') {
            builder.note("separator", "columns are separated by " + lines.separatorName());
        }
        if (inFractions) {
            builder.note("fractions", "coordinates of 0 to 1 are read as fractions of the image");
        }
        columns.form()
                .filter(form -> form != Form.CORNERS)
                .ifPresent(form -> builder.note(
                        "columns",
                        "the columns " + columns.namesOf(columns.boxColumns()) + " are read as " + form.meaning()
                                + " of a box"));
        if (!columns.has(Column.LABEL)) {
            builder.note("no-classes", "no column names classes; every object is an " + NO_LABEL);
        }
        if (rows.stream()
                .anyMatch(row -> !text(row, Column.CONFIDENCE).isEmpty()
                        && RawAnnotation.number(text(row, Column.CONFIDENCE)) != 1)) {
            builder.note(
                    "confidences",
                    "the column " + columns.namesOf(List.of(Column.CONFIDENCE))
                            + " has no meaning here: every object counts, however sure it is");
        }
    }

    /** The rows of each image file, which may be named in several ways. */
    private Map<NamedFile, List<Row>> found(Map<String, List<Row>> images) {
        Map<String, NamedFile> files = new LinkedHashMap<>();
        Map<NamedFile, List<Row>> found = new LinkedHashMap<>();
        for (String said : broken) { // an object is somewhere on them, at an unknown place
            folders.find(said, builder.opensImages()).ifPresent(file -> files.put(file.name(), file));
        }
        Set<NamedFile> leftOut = new HashSet<>(files.values());
        images.forEach((said, rows) -> {
            Optional<NamedFile> named = folders.find(said, builder.opensImages());
            if (named.isEmpty()) {
                builder.report(rows.get(0).place, "bad-value", "filename must be a path, found \"" + said + "\"");
            } else {
                NamedFile first = files.computeIfAbsent(named.get().name(), name -> named.get());
                found.computeIfAbsent(first, name -> new ArrayList<>()).addAll(rows);
            }
        });
        found.keySet().removeAll(leftOut);
        return found;
    }

    private void readImage(NamedFile image, List<Row> rows) {
        SourceLocation place = rows.get(0).place;
        if (image.isToBeRead(place, builder)) {
            List<Row> objects = rows.stream().filter(this::isObject).toList();
            builder.size(place, image.path(), declared(rows.get(0))).ifPresent(size -> {
                List<RawAnnotation> candidates =
                        objects.stream().map(row -> candidate(row, size)).toList();
                builder.add(place, image.name(), image.path(), size, candidates);
            });
        }
    }

    private boolean isObject(Row row) {
        boolean unnamed = columns.has(Column.LABEL) && text(row, Column.LABEL).isEmpty();
        if (unnamed && row.hasBox()) {
            builder.report(row.place, "unknown-class", "an object must have a class, found none");
        }
        return !unnamed && (row.hasBox() || columns.has(Column.LABEL));
    }

    private RawAnnotation candidate(Row row, ImageSize size) {
        double x = inFractions ? size.width() : 1;
        double y = inFractions ? size.height() : 1;
        double[] n = {row.numbers[0] * x, row.numbers[1] * y, row.numbers[2] * x, row.numbers[3] * y};
        Box box = switch (columns.form().orElse(Form.CORNERS)) {
            case CORNERS -> new Box(n[0], n[1], n[2], n[3]);
            case SIDES, ONE_COLUMN -> Box.ofSize(n[0], n[1], n[2], n[3]);
            case CENTRE -> Box.ofSize(n[0] - n[2] / 2, n[1] - n[3] / 2, n[2], n[3]);
        };
        String label = columns.has(Column.LABEL) ? text(row, Column.LABEL) : NO_LABEL;
        boolean difficult = isTrue(text(row, Column.DIFFICULT));
        boolean crowd = isTrue(text(row, Column.GROUP));
        GroundTruth object = new GroundTruth(label, box, box.area(), difficult, crowd);
        return new RawAnnotation(row.place, object, row.texts.toString());
    }

    private @Nullable ImageSize declared(Row row) {
        double width = RawAnnotation.number(text(row, Column.IMAGE_WIDTH));
        double height = RawAnnotation.number(text(row, Column.IMAGE_HEIGHT));
        return width >= 1 && height >= 1 ? new ImageSize((int) width, (int) height) : null;
    }

    private String text(Row row, Column column) {
        return columns.text(column, row.fields);
    }

    private static boolean isTrue(String text) {
        return text.toLowerCase(Locale.ROOT).equals("true") || RawAnnotation.number(text) == 1;
    }
}
