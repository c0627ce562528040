package io.errata.mining.run;

import io.errata.datasets.Note;
import io.errata.mining.ledger.Suspect;
import java.util.List;

/** Is told how a run goes, on the thread that trains. Every method does nothing unless it is overridden. */
public interface RunListener {

    /** Everything is ready; the first step comes next. */
    default void started(Plan plan) {}

    /** The patches of the round were cut out of the images, which took so many seconds; its first step comes next. */
    default void cut(int round, int patches, double seconds) {}

    /** A step of training is done. */
    default void stepped(int round, int step, int steps) {}

    /** The round is trained and is being validated. */
    default void validating(int round) {}

    /** The held-out windows are being scored. */
    default void scanning(int round, long heldOut) {}

    /** The round is done and written down. */
    default void finished(RoundResult result) {}

    /** After the first round: images without objects on which the detector is surest of one, the surest first. */
    default void suspecting(List<Suspect> images) {}

    /** The rounds are done; the second stage is about to learn from so many crops, among them so many hard negatives. */
    default void refining(int crops, int hardNegatives) {}

    /** A step of training the second stage is done. */
    default void refined(int step, int steps) {}

    /** The second stage is trained and validated. */
    default void refined(SecondStageResult result) {}

    /** The run has ended. */
    default void stopped(RunSummary summary) {}

    /** Listens to nothing. */
    static RunListener none() {
        return new RunListener() {};
    }

    /**
     * What a run is about to do.
     *
     * @param trainingImages images trained on
     * @param validationImages images that choose the best round
     * @param objects annotated on the training images
     * @param levels of the window geometry
     * @param windows of all training images and levels
     * @param positives among them
     * @param gridRecall the share of objects that windows can reach at IoU 0.5
     * @param parameters of the network
     * @param device it is trained on
     * @param rounds at most
     * @param steps of each round
     * @param notes what should be known of how the data were read
     */
    record Plan(
            int trainingImages,
            int validationImages,
            int objects,
            int levels,
            long windows,
            int positives,
            double gridRecall,
            long parameters,
            String device,
            int rounds,
            int steps,
            List<Note> notes) {

        public Plan {
            notes = List.copyOf(notes);
        }
    }
}
