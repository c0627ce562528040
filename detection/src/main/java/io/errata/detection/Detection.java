package io.errata.detection;

import static java.util.Objects.requireNonNull;

import io.errata.core.geometry.Box;

/**
 * An object that a detector found.
 *
 * @param label the class name
 * @param score how sure the detector is, in [0, 1]
 * @param box where, in pixels of the image, within its bounds
 */
public record Detection(String label, double score, Box box) {

    public Detection {
        requireNonNull(label, "label");
        requireNonNull(box, "box");
    }
}
