package io.errata.datasets.image;

import java.io.IOException;

/** An image is whole, but of a kind that is not read; the message goes on from "the image …". */
final class UnsupportedImageException extends IOException {

    private final String what;

    UnsupportedImageException(String what) {
        super(what);
        this.what = what;
    }

    /** The message, which is always there. */
    String what() {
        return what;
    }
}
