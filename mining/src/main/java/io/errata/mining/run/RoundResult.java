package io.errata.mining.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.errata.detection.evaluation.Figures;

/**
 * What one round did and how good its detector was.
 *
 * @param round its number, from 0
 * @param figures on the validation images; in JSON they stand beside the other components
 * @param positives windows labelled positive, which every round trains on
 * @param negatives windows of background that this round trained on
 * @param heldOutWindows all other windows labelled negative
 * @param scoredWindows how many of them were scored after the round; 0 where the strategy does not mine
 * @param hardFound how many of those exceeded the threshold
 * @param hardAdded how many of those the next round trains on for the first time
 * @param train how long training took
 * @param scan how long scoring took
 * @param loss the mean over the last steps
 */
public record RoundResult(
        int round,
        @JsonUnwrapped Figures figures,
        int positives,
        Negatives negatives,
        long heldOutWindows,
        long scoredWindows,
        long hardFound,
        int hardAdded,
        Train train,
        ScanTime scan,
        double loss) {

    /**
     * Negatives trained on.
     *
     * @param initial drawn at random for this round
     * @param mined in the rounds before
     * @param retired taken out again
     * @param quarantined kept out because they may be objects
     */
    public record Negatives(int initial, int mined, int retired, int quarantined) {}

    /**
     * Training's cost.
     *
     * @param seconds it took, all steps together
     * @param samples patches it learned from
     */
    public record Train(double seconds, long samples) {}

    /**
     * The scan's cost.
     *
     * @param seconds it took
     * @param windowsPerSecond held-out windows scored a second
     */
    public record ScanTime(double seconds, double windowsPerSecond) {}
}
