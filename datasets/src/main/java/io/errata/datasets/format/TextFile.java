package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of UTF-8 text that is read at once, and so must not be large. */
final class TextFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /**
     * Its lines, without a byte order mark.
     *
     * @throws InvalidInputException as {@link #requireReadable} does, and {@code not-utf-8} if a byte of it is no UTF-8
     */
    static List<String> lines(Path file, long maxBytes) {
        requireReadable(file, maxBytes);
        try {
            String text = decode(file, Files.readAllBytes(file));
            return text.lines().toList();
        } catch (IOException e) {
            throw unreadable(file, e.toString());
        }
    }

    /**
     * That a file can be read at once.
     *
     * @throws InvalidInputException if it is not there ({@code missing-file}), no file or not readable ({@code unreadable-file}), or too
     *     large ({@code file-too-large})
     */
    static void requireReadable(Path file, long maxBytes) {
        if (!Files.exists(file)) {
            throw problem(Place.of(file), "missing-file", "file must exist; correct its name");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw unreadable(file, Files.isDirectory(file) ? "a folder" : "one that is not");
        }
        try {
            if (Files.size(file) > maxBytes) {
                throw problem(
                        Place.of(file),
                        "file-too-large",
                        "file must have at most " + (maxBytes >> 20) + " MiB, found " + (Files.size(file) >> 20)
                                + "; if it is what it should be, write ?max_megabytes=N behind the data set");
            }
        } catch (IOException e) {
            throw unreadable(file, e.toString());
        }
    }

    private static String decode(Path file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (decoder.decode(in, out, true).isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw problem(
                    Place.of(file, line, null),
                    "not-utf-8",
                    String.format(
                            "file must be UTF-8 text, found the byte 0x%02X; save it as UTF-8", bytes[in.position()]));
        }
        String text = out.flip().toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static InvalidInputException unreadable(Path file, String found) {
        return problem(Place.of(file), "unreadable-file", "file must be a readable file, found " + found);
    }

    private static InvalidInputException problem(Place place, String kind, String text) {
        Problem problem = place.problem(kind, text);
        return new InvalidInputException(problem);
    }
}
