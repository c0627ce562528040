package io.errata.mining.run;

import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.training.TrainingSet;
import java.util.SplittableRandom;

/**
 * Strategy {@code random}: negatives drawn anew for each round, and nothing else.
 *
 * @param corpus all windows
 * @param perPositive negatives for each positive window
 * @param seeds of the run
 */
record RandomNegatives(WindowCorpus corpus, double perPositive, RoundSeeds seeds) implements NegativeSource {

    @Override
    public TrainingSet draw(int round) {
        return draw(round, WindowSet.empty());
    }

    /** Random negatives beside those that were mined. */
    TrainingSet draw(int round, WindowSet mined) {
        long count = (long) Math.ceil(Math.max(1, corpus.positives()) * perPositive);
        WindowSet random = corpus.drawNegatives(count, mined, new SplittableRandom(seeds.negatives(round)));
        return new TrainingSet(corpus, random, mined);
    }

    @Override
    public WindowSet mined() {
        return WindowSet.empty();
    }
}
