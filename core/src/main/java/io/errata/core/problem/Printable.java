package io.errata.core.problem;

import java.util.Locale;

/**
 * Makes text safe to print. Names and values of files may hold characters that a terminal obeys, that begin a line of their own, or
 * that turn what follows around; they are shown as Java writes them, as {@code U+001B} is {@code \}{@code u001B}.
 */
public final class Printable {

    private Printable() {}

    /** The text on one line, with each character that is not to be printed as six that are. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintable(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    /** Whether a character is none that controls a terminal, a line or the direction of what is written. */
    public static boolean isPrintable(char character) {
        boolean control = character < 0x20 || (character >= 0x7F && character <= 0x9F);
        boolean direction = character == 0x061C
                || character == 0x200E
                || character == 0x200F
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
        boolean line = character == 0x2028 || character == 0x2029;
        return !control && !direction && !line;
    }

    /** A character as Java writes it. */
    public static String escape(char character) {
        return String.format(Locale.ROOT, "\\u%04X", (int) character);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isPrintable(character)) {
                escaped.append(character);
            } else {
                escaped.append(escape(character));
            }
        }
        return escaped.toString();
    }
}
