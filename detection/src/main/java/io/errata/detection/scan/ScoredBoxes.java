package io.errata.detection.scan;

import io.errata.core.geometry.Box;
import io.errata.core.geometry.Boxes;
import io.errata.core.geometry.NonMaximumSuppression;
import java.util.stream.IntStream;

/**
 * Boxes of one image with a class and a score each, as flat arrays. The arrays are not copied: whoever hands them over leaves them be.
 *
 * @param classes indices, shape {@code [n]}
 * @param scores in [0, 1], shape {@code [n]}
 * @param boxes x1, y1, x2, y2 in pixels of the image, shape {@code [n, 4]}
 */
public record ScoredBoxes(int[] classes, float[] scores, float[] boxes) {

    public ScoredBoxes {
        int n = classes.length;
        if (scores.length != n || boxes.length != 4 * n) {
            throw new IllegalArgumentException(n + " classes must have " + n + " scores and " + 4 * n
                    + " box edges, found " + scores.length + " and " + boxes.length);
        }
    }

    public int size() {
        return classes.length;
    }

    /** The box in pixels of the image. */
    public Box box(int index) {
        return Boxes.get(boxes, index);
    }

    /** Only those with a larger score, in the same order; a score that is NaN is not larger. */
    public ScoredBoxes above(double threshold) {
        return pick(
                IntStream.range(0, size()).filter(i -> scores[i] > threshold).toArray());
    }

    /**
     * Greedy non-maximum suppression within each class.
     *
     * @param iou a box goes if its IoU with one of its class and a larger score is above this
     * @param most how many stay at most
     * @return by descending score
     * @throws IllegalArgumentException if a score is NaN
     */
    public ScoredBoxes suppressingPerClass(double iou, int most) {
        return pick(NonMaximumSuppression.keep(boxes, scores, classes, iou, most));
    }

    private ScoredBoxes pick(int[] kept) {
        int[] keptClasses = new int[kept.length];
        float[] keptScores = new float[kept.length];
        float[] keptBoxes = new float[4 * kept.length];
        for (int i = 0; i < kept.length; i++) {
            keptClasses[i] = classes[kept[i]];
            keptScores[i] = scores[kept[i]];
            System.arraycopy(boxes, 4 * kept[i], keptBoxes, 4 * i, 4);
        }
        return new ScoredBoxes(keptClasses, keptScores, keptBoxes);
    }
}
