package io.errata.datasets.format;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a data set of a known format lies: what its specification says behind the format's name.
 *
 * @param path the file or folder
 * @param part what follows it behind a colon, a split or the folder of the images; {@code null} where nothing does
 * @param settings the format's own settings, in their order; empty unless it {@linkplain AnnotationFormat#hasSettings has some}
 */
public record DatasetLocation(Path path, @Nullable String part, Map<String, String> settings) {

    public DatasetLocation {
        requireNonNull(path, "path");
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The part as the folder of the images; {@code null} where there is none. */
    public @Nullable Path images() {
        return part == null ? null : Path.of(part);
    }
}
