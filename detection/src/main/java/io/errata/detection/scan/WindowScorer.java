package io.errata.detection.scan;

import io.errata.datasets.pyramid.Level;
import java.util.List;

/**
 * Scores every window of a level: a network, or anything else. One method is enough; who can choose the hits where the scores are
 * (on a GPU, say) overrides {@link #hits} too. Used from one thread at a time, not always the same.
 */
@FunctionalInterface
public interface WindowScorer extends AutoCloseable {

    /**
     * The probability of each class in each window.
     *
     * @param level the resized image and its grid of windows, or a part of one where the whole is large
     * @return shape {@code [rows, columns, classes]}, in [0, 1]
     */
    float[] score(Level level);

    /**
     * Those windows of some levels, all of the same grid, that are asked for. A window's index counts from 0 in each level given.
     *
     * @param levels of one image each
     */
    default ScanHits hits(List<Level> levels, Selection selection) {
        float[][] scores = levels.stream().map(this::score).toArray(float[][]::new);
        int windows = levels.get(0).grid().windows();
        int classes = Math.max(1, scores[0].length / windows);
        float[] all = new float[levels.size() * windows * classes];
        for (int i = 0; i < scores.length; i++) {
            if (scores[i].length != windows * classes) {
                throw new IllegalStateException("a scorer must return rows × columns × classes scores, "
                        + windows * classes + " here, found " + scores[i].length);
            }
            System.arraycopy(scores[i], 0, all, i * scores[i].length, scores[i].length);
        }
        return ScanHits.select(all, new float[0], levels.size(), classes, selection);
    }

    /**
     * A scorer that gives the same scores and that another thread may use at the same time, good as long as this one is not closed. This
     * one itself, where there is none: then the threads take turns.
     */
    default WindowScorer forAnotherThread() {
        return this;
    }

    /** Gives back native memory, where there is any. */
    @Override
    default void close() {}
}
