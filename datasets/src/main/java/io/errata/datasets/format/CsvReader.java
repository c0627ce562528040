package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
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
import org.jspecify.annotations.Nullable;

/** Reads {@link Csv}. */
final class CsvReader {

    private static final List<String> CORNERS = List.of("xmin", "ymin", "xmax", "ymax");
    private static final List<String> COLUMNS = List.of("filename", "class", "xmin", "ymin", "xmax", "ymax");

    private final Path file;
    private final ImageFolders folders;
    private final ReadingBuilder builder;
    private final Set<String> broken = new HashSet<>();

    private record Row(SourceLocation place, Map<String, String> fields) {

        String text(String column) {
            return fields.getOrDefault(column, "");
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

    private void read(List<String> lines) {
        List<String> header = lines.isEmpty()
                ? List.of()
                : fields(lines.get(0)).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList();
        if (!header.containsAll(COLUMNS)) {
            builder.report(
                    SourceLocation.of(file, 1, null),
                    "missing-key",
                    "first line must name the columns " + COLUMNS + ", found " + header);
            return;
        }
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                row(i + 1, header, fields(lines.get(i)))
                        .ifPresent(row -> rows.computeIfAbsent(row.text("filename"), name -> new ArrayList<>())
                                .add(row));
            }
        }
        rows.keySet().removeAll(broken); // an object is somewhere on them, at an unknown place
        rows.forEach(this::readImage);
    }

    private Optional<Row> row(int line, List<String> header, List<String> fields) {
        SourceLocation place = SourceLocation.of(file, line, null);
        if (fields.size() != header.size()) {
            builder.report(
                    place, "broken-csv", "a line must have " + header.size() + " fields, found " + fields.size());
            int filename = header.indexOf("filename");
            broken.add(filename < fields.size() ? fields.get(filename) : "");
            return Optional.empty();
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            named.put(header.get(i), fields.get(i));
        }
        return Optional.of(new Row(place, named));
    }

    private void readImage(String name, List<Row> rows) {
        Row first = rows.get(0);
        Optional<NamedFile> file = folders.find(name, builder.opensImages());
        if (file.isEmpty()) {
            builder.report(first.place(), "bad-value", "filename must be a path, found \"" + name + "\"");
        } else if (file.get().isToBeRead(first.place(), builder)) {
            Path path = file.get().path();
            List<RawAnnotation> objects =
                    rows.stream().flatMap(row -> candidate(row).stream()).toList();
            double width = RawAnnotation.number(first.text("width"));
            double height = RawAnnotation.number(first.text("height"));
            ImageSize declared = width >= 1 && height >= 1 ? new ImageSize((int) width, (int) height) : null;
            builder.size(first.place(), path, declared)
                    .ifPresent(size -> builder.add(first.place(), file.get().name(), path, size, objects));
        }
    }

    private Optional<RawAnnotation> candidate(Row row) {
        String label = row.text("class");
        List<String> corners = CORNERS.stream().map(row::text).toList();
        if (label.isEmpty() && corners.stream().allMatch(String::isEmpty)) {
            return Optional.empty();
        }
        if (label.isEmpty()) {
            builder.report(row.place(), "unknown-class", "an object must have a class, found none");
            return Optional.empty();
        }
        double[] corner = corners.stream().mapToDouble(RawAnnotation::number).toArray();
        Box box = new Box(corner[0], corner[1], corner[2], corner[3]);
        return Optional.of(new RawAnnotation(row.place(), GroundTruth.of(label, box), corners.toString()));
    }

    /** The fields of a line; a quote within quotes is written twice. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else if (c != '\uFEFF') {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
