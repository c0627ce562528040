package io.errata.detection.scan;

import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowLabels;
import io.errata.datasets.window.WindowSet;
import org.jspecify.annotations.Nullable;

/** Which windows a scan considers and which it watches, asked level by level from several threads. */
public interface Candidates {

    /**
     * The windows of a level to consider, shape {@code [rows, columns]}: 1 for those, 0 for the others; {@code null} for all.
     */
    byte @Nullable [] wanted(int image, int level);

    /** The keys of a level's windows whose score is wanted whatever it is, ascending. */
    long[] watched(int image, int level);

    /** Every window, watching none. */
    static Candidates all() {
        return new Candidates() {
            @Override
            public byte @Nullable [] wanted(int image, int level) {
                return null;
            }

            @Override
            public long[] watched(int image, int level) {
                return new long[0];
            }
        };
    }

    /**
     * The held-out negatives: all windows labelled negative, without those of the training set.
     *
     * @param trained windows of the training set
     * @param watched windows whose score is wanted although they are trained on: those mined earlier
     */
    static Candidates heldOut(WindowCorpus corpus, WindowSet trained, WindowSet watched) {
        return new Candidates() {
            @Override
            public byte[] wanted(int image, int level) {
                byte[] labels = corpus.labels(image, level).labels();
                for (int w = 0; w < labels.length; w++) {
                    labels[w] = (byte) (labels[w] == WindowLabels.NEGATIVE ? 1 : 0);
                }
                int columns = corpus.grid(image, level).columns();
                for (long key : trained.ofLevel(image, level)) {
                    labels[Scan.windowOf(key, columns)] = 0;
                }
                return labels;
            }

            @Override
            public long[] watched(int image, int level) {
                return watched.ofLevel(image, level);
            }
        };
    }
}
