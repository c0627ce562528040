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

    /** Whether the box lies within an image of this size. */
    boolean isWithin(int width, int height) {
        return box.x1() >= 0 && box.y1() >= 0 && box.x2() <= width && box.y2() <= height;
    }

    /** The object with its box cut off at the edges of its image; an area that was the box's stays the box's. */
    GroundTruth clippedTo(int width, int height) {
        Box inside = box.clippedTo(width, height);
        return new GroundTruth(label, inside, area == box.area() ? inside.area() : area, difficult, crowd);
    }

    /** Whether windows over it are ignored, neither positive nor negative. */
    public boolean ignored() {
        return difficult || crowd;
    }
}
