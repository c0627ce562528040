package io.errata.core.loss;

/**
 * A loss with state from earlier batches. A training run that saves the state and restores it continues with the same
 * numbers.
 */
public interface StatefulLoss extends AutoCloseable {

    /**
     * The moving count of each bin, from the lowest gradient norm to the highest: M numbers, 0 without momentum.
     * Copies to the host.
     */
    float[] counts();

    /**
     * Restores counts read earlier.
     *
     * @param counts M numbers ≥ 0, as {@link #counts()} gave them
     * @throws IllegalArgumentException if there are not M of them, or one is negative or not finite
     */
    void restore(float... counts);

    /** Frees the array on the device. The counts are kept and the loss can still be used. */
    @Override
    void close();
}
