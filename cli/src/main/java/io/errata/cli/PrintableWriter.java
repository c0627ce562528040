package io.errata.cli;

import io.errata.core.problem.Printable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Lets nothing through that a terminal would obey but ends of lines and tabs. Whoever prints a name escapes it ({@link Printable}), line
 * ends included; this catches what was forgotten and what libraries print. Within JSON the escapes mean the same characters.
 */
final class PrintableWriter extends FilterWriter {

    private final boolean returns = System.lineSeparator().contains("\r");

    private PrintableWriter(Writer out) {
        super(out);
    }

    /** A writer of lines onto another one. */
    static PrintWriter onto(Writer out) {
        return new PrintWriter(new PrintableWriter(out), true);
    }

    @Override
    public void write(int character) throws IOException {
        if (passes((char) character)) {
            out.write(character);
        } else {
            out.write(Printable.escape((char) character));
        }
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        int begin = from;
        for (int i = from; i < from + length; i++) {
            if (!passes(text[i])) {
                out.write(text, begin, i - begin);
                write(text[i]);
                begin = i + 1;
            }
        }
        out.write(text, begin, from + length - begin);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        if (text.chars().skip(from).limit(length).allMatch(character -> passes((char) character))) {
            out.write(text, from, length);
        } else {
            write(text.toCharArray(), from, length);
        }
    }

    private boolean passes(char character) {
        return Printable.isPrintable(character)
                || character == '\n'
                || character == '\t'
                || (character == '\r' && returns);
    }
}
