package io.errata.detection.files;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads JSON files that carry the number of their format, so that one of another version is told as that and not as damaged. */
public final class VersionedJson {

    private VersionedJson() {}

    /**
     * Reads a file of a format between 1 and {@code newest}. A file without a number is of format 1, from before there was one.
     *
     * @param kind of the problem where the format is another
     * @throws InvalidInputException if the format is another, with those that can be read
     * @throws IOException if the file cannot be read, or is not what {@code type} needs
     */
    public static <T> T read(Path file, Class<T> type, int newest, String kind) throws IOException {
        JsonNode json = tree(file);
        if (json.has("format")) {
            requireFormat(json, file, newest, kind);
        }
        try {
            return requireNonNull(Json.MAPPER.treeToValue(json, type));
        } catch (JsonProcessingException e) {
            throw new IOException(file.getFileName() + ": " + JsonFault.of(e, json), e);
        } catch (NullPointerException e) {
            throw new IOException(file.getFileName() + ": must be a section of keys, found null", e);
        }
    }

    /**
     * The JSON of a file.
     *
     * @throws IOException if it is no regular file, cannot be read, or is no whole JSON
     */
    public static JsonNode tree(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file.getFileName() + (Files.exists(file) ? " is no regular file" : " is missing"));
        }
        try {
            return Json.MAPPER.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IOException(file.getFileName() + ": " + JsonFault.of(e, null), e);
        }
    }

    /**
     * Checks the number of a format.
     *
     * @throws InvalidInputException if it is none of 1 to {@code newest}, or missing
     */
    public static void requireFormat(JsonNode json, Path file, int newest, String kind) {
        JsonNode format = json.path("format");
        if (!format.isInt() || format.intValue() < 1 || format.intValue() > newest) {
            throw new InvalidInputException(Problem.inFile(
                    file.toString(),
                    kind,
                    "format must be " + (newest == 1 ? "1" : "1 to " + newest) + ", found "
                            + (json.has("format") ? format : "none") + "; use the version of Errata that wrote it"));
        }
    }
}
