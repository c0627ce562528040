package io.errata.detection.scan;

import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowLabels;
import io.errata.datasets.window.WindowSet;
import org.jspecify.annotations.Nullable;

/** Which windows of each level a scan considers, and which it tracks. Called from several threads. */
public interface Candidates {

    /**
     * The windows of a grid to consider, shape {@code [rows, columns]}: 1 for those, 0 for the others; {@code null} for all.
     *
     * @param image index of the image
     * @param grid a level of it, or a part of one
     */
    byte @Nullable [] mask(int image, LevelGrid grid);

    /** The keys of a grid's windows whose scores come back whatever they are, ascending. */
    long[] tracked(int image, LevelGrid grid);

    /** Every window; none is tracked. */
    static Candidates all() {
        return new Candidates() {
            @Override
            public byte @Nullable [] mask(int image, LevelGrid grid) {
                return null;
            }

            @Override
            public long[] tracked(int image, LevelGrid grid) {
                return new long[0];
            }
        };
    }

    /**
     * The held-out negatives: all windows labelled negative, without those of the training set.
     *
     * @param trained windows of the training set
     * @param tracked windows whose scores come back although they are trained on: those mined earlier
     */
    static Candidates heldOut(WindowCorpus corpus, WindowSet trained, WindowSet tracked) {
        return new Candidates() {
            @Override
            public byte[] mask(int image, LevelGrid grid) {
                byte[] labels = corpus.labels(image, grid).labels();
                for (int w = 0; w < labels.length; w++) {
                    labels[w] = (byte) (labels[w] == WindowLabels.NEGATIVE ? 1 : 0);
                }
                for (long key : trained.within(image, grid)) {
                    labels[grid.index(key)] = 0;
                }
                return labels;
            }

            @Override
            public long[] tracked(int image, LevelGrid grid) {
                return tracked.within(image, grid);
            }
        };
    }
}
