package io.errata.detection.scan;

import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowLabels;
import io.errata.datasets.window.WindowSet;
import org.jspecify.annotations.Nullable;

/** Which windows of each level a scan considers, and which it tracks. Called from several threads. */
public interface Candidates {

    /**
     * The windows of a level to consider, shape {@code [rows, columns]}: 1 for those, 0 for the others; {@code null} for all.
     */
    byte @Nullable [] mask(int image, int level);

    /** The keys of a level's windows whose scores come back whatever they are, ascending. */
    long[] tracked(int image, int level);

    /** Every window; none is tracked. */
    static Candidates all() {
        return new Candidates() {
            @Override
            public byte @Nullable [] mask(int image, int level) {
                return null;
            }

            @Override
            public long[] tracked(int image, int level) {
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
            public byte[] mask(int image, int level) {
                byte[] labels = corpus.labels(image, level).labels();
                for (int w = 0; w < labels.length; w++) {
                    labels[w] = (byte) (labels[w] == WindowLabels.NEGATIVE ? 1 : 0);
                }
                LevelGrid grid = corpus.grid(image, level);
                for (long key : trained.ofLevel(image, level)) {
                    labels[grid.index(key)] = 0;
                }
                return labels;
            }

            @Override
            public long[] tracked(int image, int level) {
                return tracked.ofLevel(image, level);
            }
        };
    }
}
