package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of text that is read at once, and so must not be large. Text is UTF-8 unless XML declares something else. */
final class TextFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int MAX_DECLARATION_LENGTH = 200;
    private static final Pattern ENCODING =
            Pattern.compile("^\\W{0,3}<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"']*)[\"']");

    private TextFile() {}

    /**
     * Its lines, without a byte order mark.
     *
     * @throws InvalidInputException if it is not there ({@code missing-file}), no file or not readable ({@code unreadable-file}), too
     *     large ({@code file-too-large}), or if a byte of it is no UTF-8 ({@code not-utf-8})
     */
    static List<String> lines(Path file, long maxBytes) {
        return decode(file, bytes(file, maxBytes), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /**
     * An XML document in the encoding that it declares.
     *
     * @throws InvalidInputException as {@link #lines} does, and {@code unknown-encoding} if it declares one that is unknown
     */
    static String xml(Path file, long maxBytes) {
        byte[] bytes = bytes(file, maxBytes);
        return decode(file, bytes, declared(file, bytes));
    }

    /** Nothing of a file is read that is too large. */
    private static byte[] bytes(Path file, long maxBytes) {
        if (!Files.exists(file)) {
            throw problem(SourceLocation.of(file), "missing-file", "file must exist; correct its name");
        }
        if (!Files.isRegularFile(file)) {
            throw unreadable(file, "none");
        }
        try {
            long size = Files.size(file);
            if (size > maxBytes) {
                throw problem(
                        SourceLocation.of(file),
                        "file-too-large",
                        "file must have at most " + (maxBytes >> 20) + " MiB, found " + (size >> 20)
                                + "; if it is what it should be, write ?max_megabytes=N behind the data set");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e.toString());
        }
    }

    private static Charset declared(Path file, byte[] bytes) {
        if (bytes.length > 1 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF && bytes[0] < 0 && bytes[1] < 0) {
            return StandardCharsets.UTF_16; // by its byte order mark
        }
        String start = new String(bytes, 0, Math.min(bytes.length, MAX_DECLARATION_LENGTH), StandardCharsets.US_ASCII);
        Matcher encoding = ENCODING.matcher(start);
        if (!encoding.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(encoding.group(1));
        } catch (IllegalArgumentException e) {
            throw problem(
                    SourceLocation.of(file, 1, null),
                    "unknown-encoding",
                    "encoding of the file must be known, found " + encoding.group(1) + "; save it as UTF-8");
        }
    }

    private static String decode(Path file, byte[] bytes, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder(); // which reports what it cannot decode
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = decoder.decode(in).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw problem(
                    SourceLocation.of(file, line, null),
                    charset.equals(StandardCharsets.UTF_8) ? "not-utf-8" : "wrong-encoding",
                    String.format(
                            "file must be %s text, found the byte 0x%02X; save it as UTF-8",
                            charset.name(), bytes[Math.min(in.position(), bytes.length - 1)]));
        }
    }

    private static InvalidInputException unreadable(Path file, String found) {
        return problem(SourceLocation.of(file), "unreadable-file", "there must be a readable file, found " + found);
    }

    private static InvalidInputException problem(SourceLocation place, String kind, String text) {
        return new InvalidInputException(place.problem(kind, text));
    }
}
