package io.errata.detection.training;

import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowSet;

/**
 * The windows that one round trains on: every positive, some negatives at random and all those mined so far. Every other negative is
 * held out.
 *
 * @param corpus all windows
 * @param random negatives drawn at random for this round
 * @param mined hard negatives of the rounds before; none of them is in {@code random}
 */
public record TrainingSet(WindowCorpus corpus, WindowSet random, WindowSet mined) {

    /** All negatives trained on. */
    public WindowSet negatives() {
        return random.union(mined);
    }

    /** How many negatives are held out: all of the corpus without those trained on. */
    public long heldOut() {
        return corpus.negatives() - negatives().size();
    }
}
