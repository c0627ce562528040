package io.errata.core.problem;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a user's input, and where.
 *
 * @param file the file (or the argument) it was found in, or {@code null} where there is none
 * @param line the line in that file, counted from 1, or {@code null} where it is not known
 * @param key the configuration key, JSON path or XML element, or {@code null} where there is none
 * @param problem the rule, the value found and what to do about it, in one sentence
 * @param kind a short stable word for programs, such as {@code zero-area-box}
 */
public record Problem(
        @Nullable String file,
        @Nullable Integer line,
        @Nullable String key,
        String problem,
        String kind) {

    public Problem {
        requireNonNull(problem, "problem");
        requireNonNull(kind, "kind");
    }

    /** A problem of an argument or a setting, which stands in no file. */
    public static Problem of(String kind, String problem) {
        return new Problem(null, null, null, problem, kind);
    }

    /** A problem of a file as a whole. */
    public static Problem inFile(String file, String kind, String problem) {
        return new Problem(file, null, null, problem, kind);
    }

    /** {@code file:line: key: problem} on one line, {@linkplain Printable safe to print}, leaving out what is not known. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (file != null) {
            text.append(Printable.of(Excerpt.ofWords(file)));
            if (line != null) {
                text.append(':').append(line);
            }
            text.append(": ");
        }
        if (key != null) {
            text.append(Printable.of(Excerpt.ofWords(key))).append(": ");
        }
        return text.append(Printable.of(Excerpt.ofWords(problem))).toString();
    }
}
