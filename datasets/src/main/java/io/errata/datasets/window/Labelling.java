package io.errata.datasets.window;

/**
 * The rule by which windows are labelled: positive at IoU ≥ {@code positiveIou} with an object, negative below {@code negativeIou}
 * with every object, ignored between the two and over ignored regions.
 *
 * @param positiveIou in (0, 1]
 * @param negativeIou in (0, positiveIou]
 * @param ignoreOverlap the share of a window's area within a crowd or difficult region from which it is ignored, in (0, 1]
 */
public record Labelling(double positiveIou, double negativeIou, double ignoreOverlap) {

    public Labelling {
        if (!(positiveIou > 0 && positiveIou <= 1)) {
            throw new IllegalArgumentException("positiveIou must be in (0, 1], found " + positiveIou);
        }
        if (!(negativeIou > 0 && negativeIou <= positiveIou)) {
            throw new IllegalArgumentException(
                    "negativeIou must be in (0, positiveIou = " + positiveIou + "], found " + negativeIou);
        }
        if (!(ignoreOverlap > 0 && ignoreOverlap <= 1)) {
            throw new IllegalArgumentException("ignoreOverlap must be in (0, 1], found " + ignoreOverlap);
        }
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
