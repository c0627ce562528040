package io.errata.mining.config;

import io.errata.core.mixing.CutMix;
import io.errata.core.mixing.MixUp;
import io.errata.core.mixing.Mixing;
import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.patch.PositiveSampling;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowGeometry;

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
 * @param repeatThreshold images that show a class which a smaller share of the images shows are drawn from more often, by the repeat
 *     factors of LVIS (Gupta et al. 2019, arXiv 1908.03195), in [0, 1]; default 0, none
 * @param flip whether half of the patches are mirrored left to right; default true
 * @param flipVertical whether half of the patches are mirrored top to bottom, for images without an up and a down, as under a
 *     microscope; default false
 * @param colorJitter by how much brightness and contrast vary, as a share, in [0, 1); default 0.2
 * @param mix how patches are mixed in pairs, {@code none}, {@code mixup} or {@code cutmix}; default none
 * @param mixAlpha α of the Beta(α, α) that the shares of a mixed patch are drawn from, in (0, 100]: towards 0 one of the two is nearly
 *     all, at 1 the shares are uniform. Default 0.2, from MixUp's paper; CutMix's has 1
 * @param mixShare the chance of each patch of a batch to be mixed, in [0, 1]; default 0.5, so that half of them are as they are when
 *     scanned
 */
public record SamplingSettings(
        double negativesPerPositive,
        double positiveIou,
        double negativeIou,
        double ignoreOverlap,
        double jittered,
        double classBalance,
        double repeatThreshold,
        boolean flip,
        boolean flipVertical,
        double colorJitter,
        MixMethod mix,
        double mixAlpha,
        double mixShare) {

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
                .require(
                        repeatThreshold >= 0 && repeatThreshold <= 1,
                        "repeatThreshold",
                        "must be in [0, 1]",
                        repeatThreshold)
                .require(colorJitter >= 0 && colorJitter < 1, "colorJitter", "must be in [0, 1)", colorJitter)
                .require(mixAlpha > 0 && mixAlpha <= 100, "mixAlpha", "must be in (0, 100]", mixAlpha)
                .require(mixShare >= 0 && mixShare <= 1, "mixShare", "must be in [0, 1]", mixShare)
                .verify();
    }

    /** The defaults, with so many negatives for each positive. */
    public static SamplingSettings withNegativesPerPositive(double negatives) {
        return new SamplingSettings(negatives, 0.5, 0.3, 0.5, 0.5, 0.5, 0, true, false, 0.2, MixMethod.NONE, 0.2, 0.5);
    }

    /** Three negatives a positive, split at IoU 0.5 and 0.3. */
    public static SamplingSettings defaults() {
        return withNegativesPerPositive(3);
    }

    /** How windows are labelled. */
    public Labelling labelling() {
        return new Labelling(positiveIou, negativeIou, ignoreOverlap);
    }

    /** How positives are drawn. */
    public PositiveSampling positives(boolean qualityLabels) {
        return new PositiveSampling(positiveIou, classBalance, repeatThreshold, qualityLabels);
    }

    /** How patches are varied. */
    public Augmentation augmentation() {
        return new Augmentation(flip, flipVertical, colorJitter);
    }

    /** How patches of this geometry are mixed. */
    public Mixing mixing(WindowGeometry geometry) {
        double frame = geometry.patch() / geometry.context();
        return switch (mix) {
            case NONE -> Mixing.none();
            case MIXUP -> new MixUp(mixAlpha, mixShare);
            case CUTMIX -> new CutMix(mixAlpha, mixShare, geometry.patch(), frame, negativeIou, positiveIou);
        };
    }
}
