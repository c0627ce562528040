package io.errata.detection.scan;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gathers what comes back of one image, level by level or tile by tile, and holds no more than twice what is wanted. Safe to use from
 * several threads; the result does not depend on which of them was first.
 */
final class ImageScoresBuilder {

    private static final int OFFSETS = 4;

    private final int index;
    private final AnnotatedImage image;
    private final WindowGeometry geometry;
    private final int classes;
    private final int maxWindows;
    private final Rows scores;
    private final Rows offsets = new Rows(OFFSETS);
    private final Rows tracked;

    /** @param maxWindows how many windows are kept, those with the largest scores; the tracked ones are all kept */
    ImageScoresBuilder(int index, AnnotatedImage image, WindowGeometry geometry, int classes, int maxWindows) {
        this.index = index;
        this.image = image;
        this.geometry = geometry;
        this.classes = classes;
        this.maxWindows = maxWindows;
        this.scores = new Rows(classes);
        this.tracked = new Rows(classes);
    }

    /** Takes those hits that are windows of this image, whose indices start at {@code first}. */
    synchronized void addHits(LevelGrid grid, ScanHits hits, int first) {
        for (int i = 0; i < hits.windows().length; i++) {
            int window = hits.windows()[i] - first;
            if (window >= 0 && window < grid.windows()) {
                long key = grid.key(index, window);
                scores.add(key, hits.scores(), i);
                if (hits.offsets().length > 0) {
                    offsets.add(key, hits.offsets(), i);
                }
            }
        }
        if (scores.size > 2L * maxWindows) {
            keepHighest();
        }
    }

    /** Takes the scores of tracked windows, whose rows start at {@code from}. */
    synchronized void addTracked(long[] keys, float[] trackedScores, int from) {
        for (int i = 0; i < keys.length; i++) {
            tracked.add(keys[i], trackedScores, from + i);
        }
    }

    /** What was gathered, in the order of the windows' keys. */
    synchronized ImageScores build() {
        if (scores.size > maxWindows) {
            keepHighest();
        }
        offsets.take(offsets.byKey());
        scores.take(scores.byKey());
        tracked.take(tracked.byKey());
        return new ImageScores(
                index,
                image,
                geometry,
                classes,
                scores.keys(),
                scores.values(),
                offsets.values(),
                tracked.keys(),
                tracked.values());
    }

    /** Keeps the windows with the largest scores, ties by their keys. */
    private void keepHighest() {
        int[] kept = scores.order()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores.best(i))
                        .thenComparingLong(i -> scores.keys[i]))
                .limit(maxWindows)
                .mapToInt(Integer::intValue)
                .toArray();
        if (offsets.size > 0) {
            offsets.take(kept);
        }
        scores.take(kept);
    }

    /** Keys with a row of numbers each. */
    private static final class Rows {
        private final int width;
        private long[] keys = new long[16];
        private float[] values = new float[0];
        private int size;

        Rows(int width) {
            this.width = width;
        }

        void add(long key, float[] from, int row) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
            }
            if (values.length < (size + 1) * width) {
                values = Arrays.copyOf(values, keys.length * width);
            }
            System.arraycopy(from, row * width, values, size * width, width);
            keys[size++] = key;
        }

        /** The largest number of a row; NaN counts as none. */
        float best(int row) {
            float best = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                best = values[i] > best ? values[i] : best;
            }
            return best;
        }

        Stream<Integer> order() {
            return IntStream.range(0, size).boxed();
        }

        int[] byKey() {
            return order().sorted(Comparator.comparingLong(i -> keys[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        /** Keeps these rows, in this order. */
        void take(int[] rows) {
            long[] oldKeys = keys;
            float[] oldValues = values;
            keys = new long[Math.max(16, rows.length)];
            values = new float[keys.length * width];
            size = 0;
            for (int row : rows) {
                add(oldKeys[row], oldValues, row);
            }
        }

        long[] keys() {
            return Arrays.copyOf(keys, size);
        }

        float[] values() {
            return Arrays.copyOf(values, size * width);
        }
    }
}
