package io.errata.datasets.patch;

/**
 * How positives are drawn.
 *
 * @param positiveIou the least IoU of a window with the object that it is positive for, in (0, 1]
 * @param classBalance classes are weighted by their count to the power of minus this: 0 as they come, 1 all equal
 * @param repeatThreshold images that show a class which a smaller share of all images shows are drawn from more often, as LVIS repeats
 *     them (Gupta et al. 2019, arXiv 1908.03195); 0 for none
 * @param qualityLabels whether a patch's label is the IoU of its window with the object, instead of 1
 */
public record PositiveSampling(double positiveIou, double classBalance, double repeatThreshold, boolean qualityLabels) {

    /** Of windows at IoU 0.5 and more, classes weighted so, labelled 1. */
    public static PositiveSampling balancedBy(double classBalance) {
        return new PositiveSampling(0.5, classBalance, 0, false);
    }
}
