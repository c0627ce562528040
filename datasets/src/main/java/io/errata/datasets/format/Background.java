package io.errata.datasets.format;

/** Why an image without objects counts as background. */
enum Background {
    /** A format in which a file of its own may be missing, and is. */
    NO_FILE("have no label file"),

    /** A file of its own says so by being empty. */
    EMPTY_FILE("have an empty label file"),

    /** The annotations name it, without objects. */
    LISTED("are annotated without an object"),

    /** Nothing else was asked for. */
    NO_ANNOTATIONS("are read without annotations");

    private final String text;

    Background(String text) {
        this.text = text;
    }

    /** What so many images have in common, as the end of a sentence about them. */
    String of(int count) {
        return count + " " + (count == 1 ? text.replaceFirst("^are ", "is ").replaceFirst("^have ", "has ") : text);
    }
}
