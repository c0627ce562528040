package io.errata.datasets.window;

import java.util.List;

/**
 * What share of the objects the grid of windows can reach at all: the upper limit of a detector's recall without box regression.
 *
 * @param objects how many objects were looked at
 * @param at50 the share with a window at IoU ≥ 0.5, in [0, 1]; 1 where there is no object
 * @param at70 the share with a window at IoU ≥ 0.7
 */
public record GridRecall(int objects, double at50, double at70) {

    static GridRecall of(List<Double> bestIous) {
        return new GridRecall(bestIous.size(), share(bestIous, 0.5), share(bestIous, 0.7));
    }

    private static double share(List<Double> bestIous, double limit) {
        return bestIous.isEmpty()
                ? 1
                : (double) bestIous.stream().filter(iou -> iou >= limit).count() / bestIous.size();
    }
}
