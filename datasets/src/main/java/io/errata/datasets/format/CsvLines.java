package io.errata.datasets.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the lines of a CSV file come apart.
 *
 * @param separator between two fields
 */
record CsvLines(char separator) {

    /** With the separator of {@code ,}, {@code ;} and tab that makes the most columns of the first line. */
    static CsvLines of(String header) {
        return Stream.of(',', ';', '\t')
                .map(CsvLines::new)
                .max(Comparator.comparingInt((CsvLines lines) ->
                                lines.fields(header).orElse(List.of()).size())
                        .thenComparing(lines -> lines.separator == ','))
                .orElseThrow();
    }

    /** What the separator is called. */
    String separatorName() {
        return separator == '\t' ? "tabs" : separator == ';' ? "semicolons" : "commas";
    }

    /** The fields of a line, of which a quote within quotes is written twice; empty where quotes do not end on it. */
    Optional<List<String>> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else if (c != '\uFEFF') {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return quoted ? Optional.empty() : Optional.of(fields);
    }
}
