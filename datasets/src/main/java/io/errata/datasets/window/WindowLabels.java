package io.errata.datasets.window;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import java.util.Arrays;
import java.util.List;

/**
 * The labels of all windows of one level, made at once: the work goes with the windows that touch an object, not with all. An empty
 * (zero-area) box matches nothing. An object's IoU is taken with the clipped box that a window frames.
 */
public final class WindowLabels {

    /** What a window is, as stored in {@link #labels()}. */
    public static final byte NEGATIVE = 0;
    /** Between the two IoU limits, or over a crowd or difficult region: never trained on. */
    public static final byte IGNORED = 1;
    /** Frames an object. */
    public static final byte POSITIVE = 2;

    private final byte[] labels;
    private final int[] objects;
    private final double[] bestIou;
    private final int negatives;

    private WindowLabels(byte[] labels, int[] objects, double[] bestIou) {
        this.labels = labels;
        this.objects = objects;
        this.bestIou = bestIou;
        int count = 0;
        for (byte label : labels) {
            count += label == NEGATIVE ? 1 : 0;
        }
        this.negatives = count;
    }

    /** Labels the windows of a level against an image's objects. */
    public static WindowLabels of(LevelGrid grid, List<GroundTruth> objects, Labelling rule) {
        int windows = grid.windows();
        double[] best = new double[windows];
        int[] match = new int[windows];
        byte[] labels = new byte[windows];
        double[] bestIou = new double[objects.size()];
        Edges columns = Edges.ofColumns(grid);
        Edges rows = Edges.ofRows(grid);
        for (int i = 0; i < objects.size(); i++) {
            GroundTruth object = objects.get(i);
            if (!object.box().isEmpty()) {
                bestIou[i] = match(columns, rows, object, i, rule, best, match, labels);
            }
        }
        for (int w = 0; w < windows; w++) {
            if (best[w] >= rule.positiveIou()) {
                labels[w] = POSITIVE;
            } else if (best[w] >= rule.negativeIou()) {
                labels[w] = IGNORED;
            }
        }
        return new WindowLabels(labels, match, bestIou);
    }

    /** Marks what one object touches; returns the largest IoU that any window has with it. */
    private static double match(
            Edges columns,
            Edges rows,
            GroundTruth object,
            int index,
            Labelling rule,
            double[] best,
            int[] match,
            byte[] labels) {
        Box box = object.box();
        double area = box.area();
        double largest = 0;
        int firstColumn = columns.firstTouching(box.x1());
        int firstRow = rows.firstTouching(box.y1());
        for (int r = firstRow; r < rows.count() && rows.low[r] < box.y2(); r++) {
            double shared = Math.min(rows.high[r], box.y2()) - Math.max(rows.low[r], box.y1());
            double height = rows.high[r] - rows.low[r];
            for (int c = firstColumn; c < columns.count() && columns.low[c] < box.x2(); c++) {
                double intersection =
                        shared * (Math.min(columns.high[c], box.x2()) - Math.max(columns.low[c], box.x1()));
                double windowArea = height * (columns.high[c] - columns.low[c]);
                double iou = intersection / (area + windowArea - intersection);
                int w = r * columns.count() + c;
                largest = Math.max(largest, iou);
                if (object.ignored()) {
                    if (rule.ignores(iou, intersection, windowArea)) {
                        labels[w] = IGNORED;
                    }
                } else if (iou > best[w]) {
                    best[w] = iou;
                    match[w] = index;
                }
            }
        }
        return largest;
    }

    /** One of {@link #NEGATIVE}, {@link #IGNORED}, {@link #POSITIVE} for each window, row by row; shared, not copied. */
    public byte[] labels() {
        return labels;
    }

    /** The index of the object that a positive window frames; the first of those with the same IoU. */
    public int objectOf(int window) {
        return objects[window];
    }

    /** The largest IoU that any window of the level has with each object, ignored ones included; a copy. */
    public double[] bestIou() {
        return Arrays.copyOf(bestIou, bestIou.length);
    }

    /** How many windows are negative. */
    public int negatives() {
        return negatives;
    }

    /** The clipped edges of the windows along one axis; both ascend. */
    private record Edges(double[] low, double[] high) {

        static Edges ofColumns(LevelGrid grid) {
            double[] low = new double[grid.columns()];
            double[] high = new double[grid.columns()];
            Arrays.setAll(low, grid::left);
            Arrays.setAll(high, grid::right);
            return new Edges(low, high);
        }

        static Edges ofRows(LevelGrid grid) {
            double[] low = new double[grid.rows()];
            double[] high = new double[grid.rows()];
            Arrays.setAll(low, grid::top);
            Arrays.setAll(high, grid::bottom);
            return new Edges(low, high);
        }

        int count() {
            return low.length;
        }

        /** The first window whose far edge lies beyond this place. */
        int firstTouching(double place) {
            int from = 0;
            int to = count();
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (high[middle] > place) {
                    to = middle;
                } else {
                    from = middle + 1;
                }
            }
            return from;
        }
    }
}
