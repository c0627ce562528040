package io.errata.detection.scan;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Gathers what comes back of one image, level by level. */
final class ImageScoresBuilder {

    private final int index;
    private final AnnotatedImage image;
    private final WindowGeometry geometry;
    private final int classes;
    private final Rows windows = new Rows();
    private final Rows tracked = new Rows();
    private float[] offsets = new float[0];

    ImageScoresBuilder(int index, AnnotatedImage image, WindowGeometry geometry, int classes) {
        this.index = index;
        this.image = image;
        this.geometry = geometry;
        this.classes = classes;
    }

    /** Takes those hits that are windows of this image, whose indices start at {@code first}. */
    void addHits(LevelGrid grid, ScanHits hits, int first) {
        for (int i = 0; i < hits.windows().length; i++) {
            int window = hits.windows()[i] - first;
            if (window >= 0 && window < grid.windows()) {
                if (hits.offsets().length > 0) {
                    offsets = copied(offsets, 4 * windows.size, hits.offsets(), 4 * i, 4);
                }
                windows.add(grid.key(index, window), hits.scores(), i);
            }
        }
    }

    /** Takes the scores of tracked windows, whose rows start at {@code from}. */
    void addTracked(long[] keys, float[] scores, int from) {
        for (int i = 0; i < keys.length; i++) {
            tracked.add(keys[i], scores, from + i);
        }
    }

    /**
     * What was gathered.
     *
     * @param maxWindows how many windows are kept, those with the largest scores; the tracked ones are all kept
     */
    ImageScores build(int maxWindows) {
        boolean moves = offsets.length > 0;
        if (windows.size > maxWindows) {
            keepHighest(maxWindows, moves);
        }
        return new ImageScores(
                index,
                image,
                geometry,
                classes,
                Arrays.copyOf(windows.keys, windows.size),
                Arrays.copyOf(windows.scores, windows.size * classes),
                Arrays.copyOf(offsets, moves ? 4 * windows.size : 0),
                Arrays.copyOf(tracked.keys, tracked.size),
                Arrays.copyOf(tracked.scores, tracked.size * classes));
    }

    /** Keeps the windows with the largest scores, ties by their keys; the order stays as it is. */
    private void keepHighest(int count, boolean moves) {
        float[] best = new float[windows.size];
        for (int i = 0; i < best.length; i++) {
            best[i] = windows.best(i);
        }
        int[] kept = IntStream.range(0, windows.size)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -best[i]).thenComparingLong(i -> windows.keys[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        for (int to = 0; to < count; to++) {
            windows.move(kept[to], to);
            if (moves) {
                System.arraycopy(offsets, 4 * kept[to], offsets, 4 * to, 4);
            }
        }
        windows.size = count;
    }

    /** Copies some values to a place of an array that grows as needed. */
    private static float[] copied(float[] target, int at, float[] source, int from, int count) {
        float[] large = target.length >= at + count ? target : Arrays.copyOf(target, Math.max(64, 2 * (at + count)));
        System.arraycopy(source, from, large, at, count);
        return large;
    }

    /** Keys with a row of scores each. */
    private final class Rows {
        private long[] keys = new long[16];
        private float[] scores = new float[0];
        private int size;

        void add(long key, float[] from, int row) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
            }
            scores = copied(scores, size * classes, from, row * classes, classes);
            keys[size++] = key;
        }

        /** The largest score of a row; NaN counts as none. */
        float best(int row) {
            float best = 0;
            for (int c = 0; c < classes; c++) {
                float score = scores[row * classes + c];
                best = score > best ? score : best;
            }
            return best;
        }

        void move(int from, int to) {
            keys[to] = keys[from];
            System.arraycopy(scores, from * classes, scores, to * classes, classes);
        }
    }
}
