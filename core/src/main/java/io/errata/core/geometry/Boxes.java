package io.errata.core.geometry;

import io.errata.core.problem.ArgumentChecks;
import java.util.List;

/**
 * Many boxes as a flat array {@code float[4 n]}: {@code x1, y1, x2, y2} of one box after the other, in pixels,
 * {@code [x1, x2) × [y1, y2)}. Nothing here adds 1 to a width.
 *
 * <p>An empty box, or one with a NaN coordinate, overlaps nothing: its row and its column are 0. Coordinates are meant
 * to be finite; two boxes that are both unbounded have no defined overlap, and their entry is NaN. All arithmetic is
 * done in double precision and rounded to float once, at the end. Stateless, safe for any number of threads.
 */
public final class Boxes {

    private Boxes() {}

    /** The boxes of a list in one flat array, rounded to float. */
    public static float[] of(List<Box> boxes) {
        float[] flat = new float[4 * boxes.size()];
        int at = 0;
        for (Box box : boxes) {
            flat[at++] = (float) box.x1();
            flat[at++] = (float) box.y1();
            flat[at++] = (float) box.x2();
            flat[at++] = (float) box.y2();
        }
        return flat;
    }

    /**
     * How many boxes a flat array holds.
     *
     * @throws IllegalArgumentException if its length is not a multiple of 4
     */
    public static int count(float[] boxes) {
        if (boxes.length % 4 != 0) {
            throw ArgumentChecks.failure("boxes", "must hold 4 numbers a box", boxes.length + " numbers");
        }
        return boxes.length / 4;
    }

    /** The box at an index, counted in boxes. */
    public static Box get(float[] boxes, int index) {
        int at = 4 * index;
        return new Box(boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
    }

    /**
     * Intersection over union of every box of {@code a} with every box of {@code b}.
     *
     * @return {@code [nA, nB]}, row by row, each in [0, 1]; 0 where either box is empty
     * @throws IllegalArgumentException if a length is not a multiple of 4, or the result would not fit an array
     */
    public static float[] iou(float[] a, float[] b) {
        float[] result = pairs(a, b);
        double[] areas = areas(b);
        for (int i = 0, at = 0; i < a.length; i += 4) {
            double area = area(a, i);
            for (int j = 0; j < areas.length; j++) {
                double shared = intersection(a, i, b, 4 * j);
                result[at++] = shared > 0 ? (float) (shared / (area + areas[j] - shared)) : 0;
            }
        }
        return result;
    }

    /**
     * Intersection of every box of {@code a} with every box of {@code b}, over the area of the box of {@code a}: how
     * much of a window lies on an ignored region, or of a detection on a crowd (COCO's {@code iscrowd} rule). Not
     * symmetric.
     *
     * @return {@code [nA, nB]}, row by row, each in [0, 1]; 0 where either box is empty
     * @throws IllegalArgumentException if a length is not a multiple of 4, or the result would not fit an array
     */
    public static float[] intersectionOverArea(float[] a, float[] b) {
        float[] result = pairs(a, b);
        for (int i = 0, at = 0; i < a.length; i += 4) {
            double area = area(a, i);
            for (int j = 0; j < b.length; j += 4) {
                double shared = intersection(a, i, b, j);
                result[at++] = shared > 0 ? (float) (shared / area) : 0;
            }
        }
        return result;
    }

    /**
     * The area shared by the box at {@code a[i..i+3]} and the box at {@code b[j..j+3]}; 0 where a coordinate is NaN.
     */
    static double intersection(float[] a, int i, float[] b, int j) {
        double w = (double) Math.min(a[i + 2], b[j + 2]) - Math.max(a[i], b[j]);
        double h = (double) Math.min(a[i + 3], b[j + 3]) - Math.max(a[i + 1], b[j + 1]);
        return w > 0 && h > 0 ? w * h : 0;
    }

    /** The area of the box at {@code boxes[i..i+3]}; 0 where it is empty. */
    static double area(float[] boxes, int i) {
        return Math.max(0, (double) boxes[i + 2] - boxes[i]) * Math.max(0, (double) boxes[i + 3] - boxes[i + 1]);
    }

    /**
     * Intersection over union of the boxes at {@code i} and {@code j} of one array (offsets, not indices), in double
     * precision.
     */
    static double iou(float[] boxes, int i, int j) {
        double shared = intersection(boxes, i, boxes, j);
        return shared > 0 ? shared / (area(boxes, i) + area(boxes, j) - shared) : 0;
    }

    private static double[] areas(float[] boxes) {
        double[] areas = new double[boxes.length / 4];
        for (int i = 0; i < areas.length; i++) {
            areas[i] = area(boxes, 4 * i);
        }
        return areas;
    }

    private static float[] pairs(float[] a, float[] b) {
        long pairs = (long) count(a) * count(b);
        if (pairs > Integer.MAX_VALUE - 8) {
            throw ArgumentChecks.failure("boxes", "must make fewer than 2^31 pairs", count(a) + " × " + count(b));
        }
        return new float[(int) pairs];
    }
}
