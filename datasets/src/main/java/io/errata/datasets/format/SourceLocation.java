package io.errata.datasets.format;

import io.errata.core.problem.Excerpt;
import io.errata.core.problem.Problem;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file something stands.
 *
 * @param file the file, as the user named it
 * @param line counted from 1, or {@code null} where it is not known
 * @param key JSON path, XML element or YAML key, or {@code null}
 */
record SourceLocation(
        String file, @Nullable Integer line, @Nullable String key) {

    private static final int MAX_LENGTH = 1000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    static SourceLocation of(Path file) {
        return new SourceLocation(file.toString(), null, null);
    }

    static SourceLocation of(Path file, int line, @Nullable String key) {
        return new SourceLocation(file.toString(), line > 0 ? line : null, key);
    }

    static SourceLocation ofKey(Path file, String key) {
        return new SourceLocation(file.toString(), null, key);
    }

    /** What a file says is shown shortened, and without control characters, which a terminal would obey. */
    Problem problem(String kind, String text) {
        String shown = CONTROL.matcher(Excerpt.of(text, MAX_LENGTH)).replaceAll("\uFFFD");
        return new Problem(file, line, key, shown, kind);
    }
}
