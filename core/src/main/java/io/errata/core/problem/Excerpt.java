package io.errata.core.problem;

import java.util.regex.Pattern;

/** Shortens what a user wrote, so that a message can show it. */
public final class Excerpt {

    private static final int DEFAULT_LENGTH = 80;
    private static final int LONG_WORD = 400;
    private static final int MAX_LENGTH = 2000;
    private static final Pattern WORD = Pattern.compile("(\\S{79})\\S{321,}+");

    private Excerpt() {}

    /** The text, or its beginning and {@code …} where it is longer than 80 characters. */
    public static String of(String text) {
        return of(text, DEFAULT_LENGTH);
    }

    /** The text with each word of more than 400 characters, which no path is, shown by its beginning, and not longer than 2,000. */
    public static String ofWords(String text) {
        if (text.length() <= LONG_WORD) {
            return text;
        }
        return of(WORD.matcher(text).replaceAll("$1…"), MAX_LENGTH);
    }

    /**
     * The text, or its beginning and {@code …}.
     *
     * @param maxLength characters that come out at most, the {@code …} included; ≥ 1
     */
    public static String of(String text, int maxLength) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength - 1) + "…";
    }
}
