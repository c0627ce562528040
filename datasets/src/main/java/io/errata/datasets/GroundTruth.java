package io.errata.datasets;

import static java.util.Objects.requireNonNull;

import io.errata.core.geometry.Box;

/**
 * One annotated object.
 *
 * @param label the class name
 * @param box where it is, in pixels of its image
 * @param area the annotated area in square pixels (a mask's, where the format gives one; else the box's)
 * @param difficult left out of training and of the VOC metrics, both as a positive and as a negative
 * @param crowd a region of many objects (COCO {@code iscrowd}) or one to be ignored altogether; never an object by itself
 */
public record GroundTruth(String label, Box box, double area, boolean difficult, boolean crowd) {

    public GroundTruth {
        requireNonNull(label, "label");
        requireNonNull(box, "box");
    }

    /** An ordinary object. */
    public static GroundTruth of(String label, Box box) {
        return new GroundTruth(label, box, box.area(), false, false);
    }

    /** Whether windows over it are ignored, neither positive nor negative. */
    public boolean ignored() {
        return difficult || crowd;
    }
}
