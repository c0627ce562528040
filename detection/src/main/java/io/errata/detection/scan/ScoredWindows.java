package io.errata.detection.scan;

import io.errata.core.geometry.Box;
import io.errata.core.geometry.NonMaximumSuppression;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Windows with a class, a score and a box each, by descending score (ties in the order of their keys, then classes). Immutable; each
 * narrowing method returns another.
 */
public final class ScoredWindows {

    private final long[] keys;
    private final int[] classes;
    private final float[] scores;
    private final float[] boxes;

    private ScoredWindows(long[] keys, int[] classes, float[] scores, float[] boxes) {
        this.keys = keys;
        this.classes = classes;
        this.scores = scores;
        this.boxes = boxes;
    }

    /**
     * Takes these windows, in any order.
     *
     * @param keys shape {@code [n]}
     * @param classes indices, shape {@code [n]}
     * @param scores in [0, 1], shape {@code [n]}; NaN counts as 0
     * @param boxes in pixels of the image, shape {@code [n, 4]}
     * @throws IllegalArgumentException if the lengths do not agree
     */
    public static ScoredWindows of(long[] keys, int[] classes, float[] scores, float[] boxes) {
        int n = keys.length;
        if (classes.length != n || scores.length != n || boxes.length != 4 * n) {
            throw new IllegalArgumentException(n + " keys must have " + n + " classes, " + n + " scores and " + 4 * n
                    + " box edges, found " + classes.length + ", " + scores.length + " and " + boxes.length);
        }
        float[] numbers = scores.clone();
        for (int i = 0; i < n; i++) {
            numbers[i] = Float.isNaN(scores[i]) ? 0 : scores[i];
        }
        ScoredWindows all = new ScoredWindows(keys, classes, numbers, boxes);
        int[] order = IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -numbers[i])
                        .thenComparingLong(i -> keys[i])
                        .thenComparingInt(i -> classes[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return all.pick(order);
    }

    /** All of these together. */
    public static ScoredWindows concat(List<ScoredWindows> parts) {
        int size = parts.stream().mapToInt(ScoredWindows::size).sum();
        long[] keys = new long[size];
        int[] classes = new int[size];
        float[] scores = new float[size];
        float[] boxes = new float[4 * size];
        int at = 0;
        for (ScoredWindows part : parts) {
            System.arraycopy(part.keys, 0, keys, at, part.size());
            System.arraycopy(part.classes, 0, classes, at, part.size());
            System.arraycopy(part.scores, 0, scores, at, part.size());
            System.arraycopy(part.boxes, 0, boxes, 4 * at, 4 * part.size());
            at += part.size();
        }
        return of(keys, classes, scores, boxes);
    }

    public int size() {
        return keys.length;
    }

    public long key(int index) {
        return keys[index];
    }

    /** The index of the class with the window's largest score, or of the class this entry is about. */
    public int classIndex(int index) {
        return classes[index];
    }

    public float score(int index) {
        return scores[index];
    }

    /** The box in pixels of the image. */
    public Box box(int index) {
        return new Box(boxes[4 * index], boxes[4 * index + 1], boxes[4 * index + 2], boxes[4 * index + 3]);
    }

    /** Classes, scores and boxes, by descending score. */
    public ScoredBoxes boxes() {
        return new ScoredBoxes(classes.clone(), scores.clone(), boxes.clone());
    }

    /** The keys, by descending score; a copy. */
    public long[] keys() {
        return keys.clone();
    }

    /** Only windows with a larger score. */
    public ScoredWindows above(double threshold) {
        return where(i -> scores[i] > threshold);
    }

    /** Only windows that are not in the set. */
    public ScoredWindows excluding(WindowSet windows) {
        return where(i -> !windows.contains(keys[i]));
    }

    /** At most so many, those with the largest scores. */
    public ScoredWindows top(int most) {
        return size() <= most ? this : pick(IntStream.range(0, most).toArray());
    }

    /** At most so many of each image, those with the largest scores. */
    public ScoredWindows topPerImage(int most) {
        Map<Integer, Integer> taken = new HashMap<>();
        return where(i -> taken.merge(WindowKey.image(keys[i]), 1, Integer::sum) <= most);
    }

    /**
     * Greedy non-maximum suppression within each image, whatever the class.
     *
     * @param iou a window goes if its IoU with one of larger score is above this
     */
    public ScoredWindows suppressing(double iou) {
        int[] images = Arrays.stream(keys).mapToInt(WindowKey::image).toArray();
        return pick(NonMaximumSuppression.keep(boxes, scores, images, iou, Integer.MAX_VALUE));
    }

    /** Greedy non-maximum suppression within each class; for the windows of one image. */
    public ScoredWindows suppressingPerClass(double iou, int most) {
        return pick(NonMaximumSuppression.keep(boxes, scores, classes, iou, most));
    }

    private ScoredWindows where(IntPredicate keeps) {
        return pick(IntStream.range(0, size()).filter(keeps).toArray());
    }

    private ScoredWindows pick(int[] order) {
        float[] picked = new float[4 * order.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(boxes, 4 * order[i], picked, 4 * i, 4);
        }
        float[] pickedScores = new float[order.length];
        for (int i = 0; i < order.length; i++) {
            pickedScores[i] = scores[order[i]];
        }
        return new ScoredWindows(
                Arrays.stream(order).mapToLong(i -> keys[i]).toArray(),
                Arrays.stream(order).map(i -> classes[i]).toArray(),
                pickedScores,
                picked);
    }
}
