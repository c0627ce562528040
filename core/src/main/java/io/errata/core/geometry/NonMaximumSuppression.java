package io.errata.core.geometry;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Greedy non-maximum suppression: from the highest score down, a box is kept unless its IoU with a box already kept is
 * greater than the threshold. A box at exactly the threshold stays, as in torchvision's {@code nms}; IoU is computed
 * in double precision, where torchvision's float may round a ratio such as 1/3 to either side. Boxes of equal score
 * are taken in the order they stand.
 *
 * <p>An empty box, or one with a NaN coordinate, overlaps nothing and is kept. Infinite scores are ordinary scores,
 * NaN is refused. Stateless, safe for any number of threads.
 */
public final class NonMaximumSuppression {

    private NonMaximumSuppression() {}

    /**
     * Suppresses among all boxes, of any class.
     *
     * @param boxes flat {@code [n, 4]}: x1, y1, x2, y2 in pixels
     * @param scores {@code [n]}, higher is better
     * @param iouThreshold in [0, 1]; 1 suppresses nothing, 0 all that overlaps
     * @param maxCount how many boxes to keep at most; {@link Integer#MAX_VALUE} for all
     * @return the indices of the boxes kept, by descending score, then ascending index
     * @throws IllegalArgumentException if lengths do not agree, the threshold or {@code maxCount} is out of range, or
     *     a score is NaN
     */
    public static int[] keep(float[] boxes, float[] scores, double iouThreshold, int maxCount) {
        return suppress(boxes, scores, null, iouThreshold, maxCount);
    }

    /**
     * Suppresses within each class: boxes of different classes leave each other alone.
     *
     * @param boxes flat {@code [n, 4]}: x1, y1, x2, y2 in pixels
     * @param scores {@code [n]}, higher is better
     * @param classes {@code [n]}, any numbers
     * @param iouThreshold in [0, 1]; 1 suppresses nothing, 0 all that overlaps
     * @param maxCount how many boxes to keep at most, over all classes together; {@link Integer#MAX_VALUE} for all
     * @return the indices of the boxes kept, by descending score, then ascending index
     * @throws IllegalArgumentException if lengths do not agree, the threshold or {@code maxCount} is out of range, or
     *     a score is NaN
     */
    public static int[] keep(float[] boxes, float[] scores, int[] classes, double iouThreshold, int maxCount) {
        return suppress(boxes, scores, classes, iouThreshold, maxCount);
    }

    private static int[] suppress(
            float[] boxes, float[] scores, int @Nullable [] classes, double iouThreshold, int maxCount) {
        check(boxes, scores, classes, iouThreshold, maxCount);
        BoxGrid kept = new BoxGrid(boxes);
        int[] keep = new int[Math.min(maxCount, scores.length)];
        int n = 0;
        for (int candidate : byDescendingScore(scores)) {
            if (n == keep.length) {
                break;
            }
            boolean suppressed = kept.anyNear(
                    candidate,
                    other -> (classes == null || classes[other] == classes[candidate])
                            && Boxes.iou(boxes, 4 * candidate, 4 * other) > iouThreshold);
            if (!suppressed) {
                kept.add(candidate);
                keep[n++] = candidate;
            }
        }
        return Arrays.copyOf(keep, n);
    }

    /** Score and index share a long, so that one primitive sort orders by descending score, then ascending index. */
    private static int[] byDescendingScore(float[] scores) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(scores[i] + 0f); // -0 becomes 0
            int ascending = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
            keys[i] = (long) ~ascending << 32 | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    private static void check(
            float[] boxes, float[] scores, int @Nullable [] classes, double iouThreshold, int maxCount) {
        int n = Boxes.count(boxes);
        ArgumentChecks checks = new ArgumentChecks()
                .require(scores.length == n, "scores", "must be one a box (" + n + ")", scores.length)
                .require(
                        classes == null || classes.length == n,
                        "classes",
                        "must be one a box (" + n + ")",
                        classes == null ? null : classes.length)
                .require(iouThreshold >= 0 && iouThreshold <= 1, "iouThreshold", "must be in [0, 1]", iouThreshold)
                .require(maxCount >= 0, "maxCount", "must be >= 0", maxCount);
        for (int i = 0; i < scores.length; i++) {
            if (Float.isNaN(scores[i])) {
                checks.require(false, "scores", "must not be NaN", "NaN at index " + i);
                break;
            }
        }
        checks.verify();
    }
}
