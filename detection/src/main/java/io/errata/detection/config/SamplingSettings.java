package io.errata.detection.config;

import io.errata.datasets.patch.Augmentation;

/**
 * Section {@code sampling}: which windows are trained on, and how they are varied.
 *
 * @param negativesPerPositive negatives for each positive, in (0, 1000]; default 3
 * @param positiveIou windows with at least this IoU with an object are positive, in (0, 1]; default 0.5
 * @param negativeIou windows with less than this IoU with every object are negative, in (0, {@code positiveIou}]; those between are
 *     ignored. Default 0.3: at 0.5 R-CNN lost 5 points of mAP (Girshick et al. 2014)
 * @param ignoreOverlap windows of which at least this share of the area lies over a crowd or difficult region are never negative, in
 *     (0, 1]; default 0.5
 * @param jittered the share of a batch's positives that are shifted and scaled ground truth, the others being windows of the grid, in
 *     [0, 1]; default 0.5
 * @param classBalance classes are drawn with weight n^−this, n being their number of objects, in [0, 1]: 0 as often as they occur, 1
 *     equally often; default 0.5
 * @param flip whether half of the patches are mirrored left to right; default true
 * @param flipVertical whether half of the patches are mirrored top to bottom, for images without an up and a down, as under a
 *     microscope; default false
 * @param colorJitter by how much brightness and contrast vary, as a share, in [0, 1); default 0.2
 */
public record SamplingSettings(
        double negativesPerPositive,
        double positiveIou,
        double negativeIou,
        double ignoreOverlap,
        double jittered,
        double classBalance,
        boolean flip,
        boolean flipVertical,
        double colorJitter) {

    public SamplingSettings {
        new Rules()
                .require(
                        negativesPerPositive > 0 && negativesPerPositive <= 1000,
                        "negativesPerPositive",
                        "must be in (0, 1000]",
                        negativesPerPositive)
                .require(positiveIou > 0 && positiveIou <= 1, "positiveIou", "must be in (0, 1]", positiveIou)
                .require(negativeIou > 0 && negativeIou <= 1, "negativeIou", "must be in (0, 1]", negativeIou)
                .require(
                        !(negativeIou > positiveIou),
                        "negativeIou",
                        "must be ≤ positive_iou (" + positiveIou + ")",
                        negativeIou)
                .require(ignoreOverlap > 0 && ignoreOverlap <= 1, "ignoreOverlap", "must be in (0, 1]", ignoreOverlap)
                .require(jittered >= 0 && jittered <= 1, "jittered", "must be in [0, 1]", jittered)
                .require(classBalance >= 0 && classBalance <= 1, "classBalance", "must be in [0, 1]", classBalance)
                .require(colorJitter >= 0 && colorJitter < 1, "colorJitter", "must be in [0, 1)", colorJitter)
                .verify();
    }

    /** The defaults, with so many negatives for each positive. */
    public static SamplingSettings withNegativesPerPositive(double negatives) {
        return new SamplingSettings(negatives, 0.5, 0.3, 0.5, 0.5, 0.5, true, false, 0.2);
    }

    /** Three negatives a positive, split at IoU 0.5 and 0.3. */
    public static SamplingSettings defaults() {
        return withNegativesPerPositive(3);
    }

    /** How patches are varied. */
    public Augmentation augmentation() {
        return new Augmentation(flip, flipVertical, colorJitter);
    }
}
