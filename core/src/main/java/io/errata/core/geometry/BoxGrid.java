package io.errata.core.geometry;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Some of the boxes of a flat array, indexed by the cells of a coarse grid that they cover, so that a box is compared
 * only with nearby boxes. A cell is no smaller than the average box and there are at most as many cells as boxes,
 * which limits the index to about n·√n entries whatever the sizes. Where all boxes lie in one spot the search is as
 * slow as comparing all pairs; the result is the same.
 *
 * <p>Empty boxes and boxes with a NaN coordinate cover no cell. Not thread-safe.
 */
final class BoxGrid {

    private static final int NONE = -1;

    private final float[] boxes;
    private final Axis across;
    private final Axis down;
    private final int[] first;
    private int[] box = new int[64];
    private int[] next = new int[64];
    private int entries;

    /** An empty grid laid out for {@code boxes}. */
    BoxGrid(float[] boxes) {
        this.boxes = boxes;
        this.across = Axis.over(boxes, 0);
        this.down = Axis.over(boxes, 1);
        this.first = new int[across.cells * down.cells];
        Arrays.fill(first, NONE);
    }

    /** Files the box at {@code index} (in boxes). */
    void add(int index) {
        if (isEmpty(index)) {
            return;
        }
        int right = across.cell(boxes[4 * index + 2]);
        int bottom = down.cell(boxes[4 * index + 3]);
        for (int row = down.cell(boxes[4 * index + 1]); row <= bottom; row++) {
            for (int column = across.cell(boxes[4 * index]); column <= right; column++) {
                file(index, row * across.cells + column);
            }
        }
    }

    /**
     * Whether the test holds for a filed box that may overlap the box at {@code index}; every box that does overlap it
     * is tried.
     */
    boolean anyNear(int index, IntPredicate test) {
        if (isEmpty(index)) {
            return false;
        }
        int right = across.cell(boxes[4 * index + 2]);
        int bottom = down.cell(boxes[4 * index + 3]);
        for (int row = down.cell(boxes[4 * index + 1]); row <= bottom; row++) {
            for (int column = across.cell(boxes[4 * index]); column <= right; column++) {
                if (anyIn(row * across.cells + column, test)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean anyIn(int cell, IntPredicate test) {
        for (int entry = first[cell]; entry != NONE; entry = next[entry]) {
            if (test.test(box[entry])) {
                return true;
            }
        }
        return false;
    }

    private void file(int index, int cell) {
        if (entries == box.length) {
            box = Arrays.copyOf(box, 2 * entries);
            next = Arrays.copyOf(next, 2 * entries);
        }
        box[entries] = index;
        next[entries] = first[cell];
        first[cell] = entries++;
    }

    private boolean isEmpty(int index) {
        return !(Boxes.area(boxes, 4 * index) > 0);
    }

    /**
     * The cells along x or y. Cell numbers never decrease with the coordinate, so boxes that overlap always share a
     * cell.
     */
    private record Axis(double start, double cellSize, int cells) {

        /** @param low 0 for x, 1 for y */
        static Axis over(float[] boxes, int low) {
            double start = Double.POSITIVE_INFINITY;
            double end = Double.NEGATIVE_INFINITY;
            double extents = 0;
            int n = 0;
            for (int i = 0; i < boxes.length; i += 4) {
                if (Boxes.area(boxes, i) > 0) {
                    start = Math.min(start, boxes[i + low]);
                    end = Math.max(end, boxes[i + low + 2]);
                    extents += (double) boxes[i + low + 2] - boxes[i + low];
                    n++;
                }
            }
            double cellSize = Math.max(extents / n, (end - start) / Math.sqrt(n));
            return new Axis(start, cellSize, Math.max(1, (int) ((end - start) / cellSize)));
        }

        int cell(float coordinate) {
            return Math.min(cells - 1, Math.max(0, (int) ((coordinate - start) / cellSize)));
        }
    }
}
