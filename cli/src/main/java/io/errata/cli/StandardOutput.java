package io.errata.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends the command at the first text that cannot be written. Java's {@code PrintStream} and {@code PrintWriter} swallow such a fault, and
 * a command would go on for hours, or say that all is well, with nobody to read it.
 */
final class StandardOutput extends FilterWriter {

    private @Nullable IOException fault;

    StandardOutput(Writer out) {
        super(out);
    }

    @Override
    public void write(int character) {
        attempt(() -> out.write(character));
    }

    @Override
    public void write(char[] text, int from, int length) {
        attempt(() -> out.write(text, from, length));
    }

    @Override
    public void write(String text, int from, int length) {
        attempt(() -> out.write(text, from, length));
    }

    @Override
    public void flush() {
        attempt(out::flush);
    }

    private void attempt(Writing writing) {
        try {
            if (fault != null) {
                throw fault;
            }
            writing.run();
        } catch (IOException e) {
            fault = e;
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is left; tells whether everything could be written. */
    boolean isWritten() {
        try {
            flush();
        } catch (UncheckedIOException e) {
            return false;
        }
        return true;
    }

    /** What to tell of the fault; empty where there is none, and where the reader went away as {@code head} does, who has what he wanted. */
    Optional<String> fault() {
        return Optional.ofNullable(fault)
                .map(e -> String.valueOf(e.getMessage()))
                .filter(message -> !message.toLowerCase(Locale.ROOT).contains("broken pipe"))
                .map(message -> "stdout cannot be written: " + message);
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
