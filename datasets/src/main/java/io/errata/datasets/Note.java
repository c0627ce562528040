package io.errata.datasets;

import static java.util.Objects.requireNonNull;

/**
 * Something about data that is no mistake but changes what they mean, and is therefore said once: how many images count as background,
 * or in which of two ways a file was read.
 *
 * @param kind a short stable word for programs, such as {@code background-images}
 * @param text one sentence
 */
public record Note(String kind, String text) {

    public Note {
        requireNonNull(kind, "kind");
        requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return text;
    }
}
