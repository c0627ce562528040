package io.errata.detection.scan;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.patch.BoxOffsets;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import java.util.stream.IntStream;

/**
 * What a scan brought back of one image, as plain arrays.
 *
 * @param index of the image among those scanned
 * @param image the image
 * @param geometry whose windows these are
 * @param classes the number of classes
 * @param keys of the windows that came back, shape {@code [n]}
 * @param scores their probabilities, shape {@code [n, classes]}
 * @param offsets of the object's box, shape {@code [n, 4]}, or empty; see {@link BoxOffsets}
 * @param trackedKeys the windows whose score was asked for whatever it is, shape {@code [m]}
 * @param trackedScores their probabilities, shape {@code [m, classes]}
 */
public record ImageScores(
        int index,
        AnnotatedImage image,
        WindowGeometry geometry,
        int classes,
        long[] keys,
        float[] scores,
        float[] offsets,
        long[] trackedKeys,
        float[] trackedScores) {

    /** The windows that came back, each with its best class and the box that it frames. */
    public ScoredWindows windows() {
        return best(keys, scores);
    }

    /** The tracked windows, each with its best class and the box that it frames. */
    public ScoredWindows tracked() {
        return best(trackedKeys, trackedScores);
    }

    /** Every class of every window above a threshold, with the box that the scorer gives the object. */
    public ScoredWindows detections(double threshold) {
        int[] entries = IntStream.range(0, scores.length)
                .filter(i -> scores[i] > threshold)
                .toArray();
        long[] entryKeys = new long[entries.length];
        int[] entryClasses = new int[entries.length];
        float[] entryScores = new float[entries.length];
        float[] boxes = new float[4 * entries.length];
        for (int i = 0; i < entries.length; i++) {
            int row = entries[i] / classes;
            entryKeys[i] = keys[row];
            entryClasses[i] = entries[i] % classes;
            entryScores[i] = scores[entries[i]];
            put(boxes, i, offsets.length == 0 ? framed(keys[row]) : decoded(row));
        }
        return ScoredWindows.of(entryKeys, entryClasses, entryScores, boxes);
    }

    private ScoredWindows best(long[] windowKeys, float[] windowScores) {
        int[] bestClasses = new int[windowKeys.length];
        float[] bestScores = new float[windowKeys.length];
        float[] boxes = new float[4 * windowKeys.length];
        for (int i = 0; i < windowKeys.length; i++) {
            int top = 0;
            for (int c = 1; c < classes; c++) {
                top = windowScores[i * classes + c] > windowScores[i * classes + top] ? c : top;
            }
            bestClasses[i] = top;
            bestScores[i] = windowScores[i * classes + top];
            put(boxes, i, framed(windowKeys[i]));
        }
        return ScoredWindows.of(windowKeys.clone(), bestClasses, bestScores, boxes);
    }

    private LevelGrid grid(long key) {
        return geometry.grid(WindowKey.level(key), image.width(), image.height());
    }

    private Box framed(long key) {
        return grid(key).box(WindowKey.row(key), WindowKey.column(key));
    }

    private Box decoded(int row) {
        int at = 4 * row;
        return BoxOffsets.decode(
                grid(keys[row]),
                WindowKey.row(keys[row]),
                WindowKey.column(keys[row]),
                offsets[at],
                offsets[at + 1],
                offsets[at + 2],
                offsets[at + 3]);
    }

    private static void put(float[] boxes, int index, Box box) {
        boxes[4 * index] = (float) box.x1();
        boxes[4 * index + 1] = (float) box.y1();
        boxes[4 * index + 2] = (float) box.x2();
        boxes[4 * index + 3] = (float) box.y2();
    }
}
