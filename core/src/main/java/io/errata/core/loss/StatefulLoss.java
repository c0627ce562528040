package io.errata.core.loss;

/** What a loss remembers of the batches before. A training run that keeps it and restores it goes on with the same numbers. */
public interface StatefulLoss extends AutoCloseable {

    /** The moving count of each bin, from the lowest gradient norm to the highest: M numbers, 0 without momentum. Copies to the host. */
    float[] counts();

    /**
     * Goes on from counts read earlier.
     *
     * @param counts M numbers ≥ 0, as {@link #counts()} gave them
     * @throws IllegalArgumentException if they are not M, or one is negative or not finite
     */
    void restore(float... counts);

    /** Frees the array on the device. The counts are kept, and the loss may go on being used. */
    @Override
    void close();
}
