package io.errata.detection.scan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The windows that a {@link Selection} let through, as plain arrays.
 *
 * @param found how many windows exceeded the threshold, those beyond the selection's maximum included
 * @param windows their indices, shape {@code [n]}
 * @param scores their probabilities, shape {@code [n, classes]}
 * @param offsets what the scorer says of the object's box, shape {@code [n, 4]} times the scale of
 *     {@link io.errata.datasets.patch.BoxOffsets}, or empty where it says nothing
 * @param tracked the probabilities of the tracked windows, shape {@code [tracked, classes]}
 */
public record ScanHits(int found, int[] windows, float[] scores, float[] offsets, float[] tracked) {

    /**
     * Chooses on the host among the scores of all windows.
     *
     * @param scores shape {@code [windows, classes]}
     * @param offsets shape {@code [windows, 4]}, or empty
     * @param levels the number of levels, of equally many windows each
     * @param classes the number of classes
     */
    public static ScanHits select(float[] scores, float[] offsets, int levels, int classes, Selection selection) {
        float[] best = best(scores, classes);
        int[] passing = IntStream.range(0, best.length)
                .filter(w -> best[w] > selection.threshold() && selection.wants(w))
                .toArray();
        int[] windows = passing.length > selection.maxPerLevel()
                ? top(passing, best, levels, selection.maxPerLevel())
                : passing;
        return new ScanHits(
                passing.length,
                windows,
                rows(scores, classes, windows),
                offsets.length == 0 ? offsets : rows(offsets, 4, windows),
                rows(scores, classes, selection.tracked()));
    }

    /** Of each level those with the largest scores; ties in the order of the windows. */
    private static int[] top(int[] windows, float[] best, int levels, int most) {
        int[] taken = new int[levels];
        int perLevel = best.length / levels;
        return Arrays.stream(windows)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer w) -> -best[w]))
                .filter(w -> taken[w / perLevel]++ < most)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static float[] best(float[] scores, int classes) {
        float[] best = new float[scores.length / classes];
        for (int w = 0; w < best.length; w++) {
            float most = scores[w * classes];
            for (int c = 1; c < classes; c++) {
                most = Math.max(most, scores[w * classes + c]);
            }
            best[w] = most;
        }
        return best;
    }

    private static float[] rows(float[] values, int width, int[] indices) {
        float[] chosen = new float[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * width, chosen, i * width, width);
        }
        return chosen;
    }
}
