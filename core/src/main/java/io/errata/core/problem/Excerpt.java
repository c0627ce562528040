package io.errata.core.problem;

/** Shortens what a user wrote, so that a message can show it. */
public final class Excerpt {

    private static final int DEFAULT_LENGTH = 80;

    private Excerpt() {}

    /** The text, or its beginning and {@code …} where it is longer than 80 characters. */
    public static String of(String text) {
        return of(text, DEFAULT_LENGTH);
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
