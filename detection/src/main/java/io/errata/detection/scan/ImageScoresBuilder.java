package io.errata.detection.scan;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import java.util.Arrays;

/** Gathers what comes back of one image, level by level. */
final class ImageScoresBuilder {

    private final int index;
    private final AnnotatedImage image;
    private final WindowGeometry geometry;
    private final int classes;
    private final Rows windows = new Rows();
    private final Rows watched = new Rows();
    private float[] offsets = new float[0];

    ImageScoresBuilder(int index, AnnotatedImage image, WindowGeometry geometry, int classes) {
        this.index = index;
        this.image = image;
        this.geometry = geometry;
        this.classes = classes;
    }

    /** Takes those survivors that are windows of this image, whose indices start at {@code first}. */
    void addSurvivors(LevelGrid grid, Survivors survivors, int first) {
        for (int i = 0; i < survivors.windows().length; i++) {
            int window = survivors.windows()[i] - first;
            if (window >= 0 && window < grid.windows()) {
                if (survivors.offsets().length > 0) {
                    offsets = copied(offsets, 4 * windows.size, survivors.offsets(), 4 * i, 4);
                }
                windows.add(
                        WindowKey.of(index, grid.level(), window / grid.columns(), window % grid.columns()),
                        survivors.scores(),
                        i);
            }
        }
    }

    /** Takes the scores of watched windows, whose rows start at {@code from}. */
    void addWatched(long[] keys, float[] scores, int from) {
        for (int i = 0; i < keys.length; i++) {
            watched.add(keys[i], scores, from + i);
        }
    }

    ImageScores build() {
        return new ImageScores(
                index,
                image,
                geometry,
                classes,
                Arrays.copyOf(windows.keys, windows.size),
                Arrays.copyOf(windows.scores, windows.size * classes),
                Arrays.copyOf(offsets, offsets.length == 0 ? 0 : 4 * windows.size),
                Arrays.copyOf(watched.keys, watched.size),
                Arrays.copyOf(watched.scores, watched.size * classes));
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
    }
}
