package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A way to store annotated images. Everything about a format is in its own class and in the classes that only it uses: its name, what a
 * specification of it looks like, how it is read and, if it can be, written. {@link AnnotationFormats} lists all formats; command line
 * and messages take them from there.
 *
 * <p>To add a format of your own, implement this interface in a public class with a public constructor without parameters, and name the
 * class in {@code META-INF/services/io.errata.datasets.format.AnnotationFormat} on the class path. Read with a {@link ReadingBuilder}:
 * it has the rules that all formats share. Formats are stateless and safe to use from several threads.
 */
public interface AnnotationFormat {

    /** What may follow the file or folder in a specification, behind a colon. */
    enum Part {
        /** Nothing. */
        NONE(""),

        /** The name of a split. */
        SPLIT("[:SPLIT]"),

        /** The folder of the images. */
        IMAGES("[:IMAGES]");

        private final String form;

        Part(String form) {
            this.form = form;
        }
    }

    /** What a specification begins with, such as {@code voc}: a lower-case letter, then such letters, digits, {@code _} or {@code -}. */
    String name();

    /** What it is, in a few words for lists of formats: {@code Pascal VOC}. */
    String description();

    /** What a specification names behind the colon, in capitals: {@code DIR} or {@code FILE.json}. */
    String target();

    /** What may follow the target; by default nothing. */
    default Part part() {
        return Part.NONE;
    }

    /**
     * Whether {@code ?key=value&…} are settings of the format, which it gets in {@link DatasetLocation#settings}. By default they are the
     * {@link Limits}, which are the same for all formats that read files.
     */
    default boolean hasSettings() {
        return false;
    }

    /** What a specification looks like: {@code voc:DIR[:SPLIT]}. */
    default String form() {
        return name() + ":" + target() + part().form + (hasSettings() ? "[?key=value&…]" : "");
    }

    /**
     * Reads what is valid and reports what is not. No image is decoded.
     *
     * @throws InvalidInputException where nothing can be read at all; its problems are reported as any others
     */
    Reading read(DatasetLocation location, ReadOptions options);

    /** The splits of the data set there, such as {@code train} and {@code val}; by default none. */
    default List<String> splits(Path path) {
        return List.of();
    }

    /** How it is written; by default it is only read. */
    default Optional<AnnotationWriter> writer() {
        return Optional.empty();
    }
}
