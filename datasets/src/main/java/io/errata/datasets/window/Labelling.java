package io.errata.datasets.window;

import io.errata.core.problem.ArgumentChecks;

/**
 * The rule by which windows are labelled: positive at IoU ≥ {@code positiveIou} with an object, negative below {@code negativeIou} with
 * every object, ignored between the two and over ignored regions.
 *
 * @param positiveIou windows with at least this IoU with an object are positive, in (0, 1]; default 0.5
 * @param negativeIou windows with less than this IoU with every object are negative, in (0, {@code positiveIou}]; those between are
 *     ignored. Default 0.3: at 0.5 R-CNN lost 5 points of mAP (Girshick et al. 2014)
 * @param ignoreOverlap windows of which at least this share of the area lies over a crowd or difficult region are never negative, in
 *     (0, 1]; default 0.5
 */
public record Labelling(double positiveIou, double negativeIou, double ignoreOverlap) {

    public Labelling {
        new ArgumentChecks()
                .require(positiveIou > 0 && positiveIou <= 1, "positiveIou", "must be in (0, 1]", positiveIou)
                .require(negativeIou > 0 && negativeIou <= 1, "negativeIou", "must be in (0, 1]", negativeIou)
                .require(
                        !(negativeIou > positiveIou),
                        "negativeIou",
                        "must be ≤ positive_iou (" + positiveIou + ")",
                        negativeIou)
                .require(ignoreOverlap > 0 && ignoreOverlap <= 1, "ignoreOverlap", "must be in (0, 1]", ignoreOverlap)
                .verify();
    }

    /** Whether a window is ignored for what it shares with a crowd or difficult region; areas in square pixels. */
    boolean ignores(double iou, double intersection, double windowArea) {
        return iou >= negativeIou || (intersection > 0 && intersection >= ignoreOverlap * windowArea);
    }

    /** Positive from 0.5, negative below 0.3, ignored from half a window within an ignored region. */
    public static Labelling withDefaults() {
        return new Labelling(0.5, 0.3, 0.5);
    }
}
