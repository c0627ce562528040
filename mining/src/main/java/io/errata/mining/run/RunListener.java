package io.errata.mining.run;

/** Is told how a run goes, on the thread that trains. Every method does nothing unless it is overridden. */
public interface RunListener {

    /** Everything is ready; the first step comes next. */
    default void started(Plan plan) {}

    /** A step of training is done. */
    default void stepped(int round, int step, int steps) {}

    /** The round is trained and is being validated. */
    default void validating(int round) {}

    /** The held-out windows are being scored. */
    default void scanning(int round, long heldOut) {}

    /** The round is done and written down. */
    default void finished(RoundResult result) {}

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
            int steps) {}
}
