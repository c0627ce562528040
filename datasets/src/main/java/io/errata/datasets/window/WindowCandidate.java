package io.errata.datasets.window;

/**
 * Windows that a detector could look at: what they cost and what they reach.
 *
 * @param geometry which windows these are
 * @param shapes how many aspect ratios they have
 * @param smallest the size where they begin, as the root of the area in pixels
 * @param windows how many there are on all images; infinite where an image, resized for the smallest, would be too large
 * @param reached how many objects a window frames at IoU ≥ 0.5
 * @param recall the share of a class's objects that a window frames at IoU ≥ 0.5, as a mean over the classes that have any, in [0, 1]
 */
public record WindowCandidate(
        WindowGeometry geometry, int shapes, double smallest, double windows, int reached, double recall) {}
