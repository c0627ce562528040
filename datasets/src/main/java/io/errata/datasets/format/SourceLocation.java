package io.errata.datasets.format;

import io.errata.core.problem.Excerpt;
import io.errata.core.problem.Printable;
import io.errata.core.problem.Problem;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file something stands.
 *
 * @param file the file, as the user named it
 * @param line counted from 1, or {@code null} where it is not known
 * @param key JSON path, XML element or YAML key, or {@code null}
 */
public record SourceLocation(
        String file, @Nullable Integer line, @Nullable String key) {

    private static final int MAX_LENGTH = 1000;

    /** The file as a whole. */
    public static SourceLocation of(Path file) {
        return new SourceLocation(file.toString(), null, null);
    }

    /** A line of a file, counted from 1, and no line where it is 0. */
    public static SourceLocation of(Path file, int line, @Nullable String key) {
        return new SourceLocation(file.toString(), line > 0 ? line : null, key);
    }

    /** A key whose line is not known. */
    public static SourceLocation ofKey(Path file, String key) {
        return new SourceLocation(file.toString(), null, key);
    }

    /** A problem here. What a file says is shortened and {@linkplain Printable safe to print}. */
    public Problem problem(String kind, String text) {
        return new Problem(file, line, key, Printable.of(Excerpt.of(Excerpt.ofWords(text), MAX_LENGTH)), kind);
    }
}
