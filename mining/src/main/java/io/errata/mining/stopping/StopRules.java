package io.errata.mining.stopping;

import io.errata.core.problem.ArgumentChecks;
import java.util.List;
import java.util.Optional;

/**
 * Ends the loop when another round would not help. Under one cosine over all rounds neither a lack of progress nor a lack of hard
 * negatives means much while the learning rate is high, so both are looked at only once it is low.
 *
 * @param rounds the budget: rounds at most
 * @param patience rounds without a better validation than the best so far, an equal one being none, after which the loop stops
 * @param lowLearningRate the share of the peak learning rate up to which the learning rate is low, in [0, 1]
 */
public record StopRules(int rounds, int patience, double lowLearningRate) {

    public StopRules {
        new ArgumentChecks()
                .require(rounds >= 1, "rounds", "must be ≥ 1", rounds)
                .require(patience >= 1, "patience", "must be ≥ 1", patience)
                .require(
                        lowLearningRate >= 0 && lowLearningRate <= 1,
                        "lowLearningRate",
                        "must be in [0, 1]",
                        lowLearningRate)
                .verify();
    }

    /** So many rounds, this patience, and a learning rate that is low from 30% of its peak down. */
    public static StopRules of(int rounds, int patience) {
        return new StopRules(rounds, patience, 0.3);
    }

    /**
     * What a rule needs to know of a round.
     *
     * @param quality the validation's figure, larger is better; NaN where there is no validation
     * @param learningRate at the end of the round, as a share of its peak
     * @param mined whether the held-out negatives were scored
     * @param hardFound how many of them were hard
     */
    public record Round(double quality, double learningRate, boolean mined, long hardFound) {}

    /** Why to stop after these rounds, or empty to go on; before the first round there is no reason to stop. */
    public Optional<String> reason(List<Round> done) {
        if (done.isEmpty()) {
            return Optional.empty();
        }
        Round last = done.get(done.size() - 1);
        boolean low = last.learningRate() <= lowLearningRate;
        if (low && last.mined() && last.hardFound() == 0) {
            return Optional.of("no hard negatives left");
        }
        if (low && roundsWithoutImprovement(done) >= patience) {
            return Optional.of("no improvement in " + patience + (patience == 1 ? " round" : " rounds"));
        }
        return done.size() >= rounds ? Optional.of("all " + rounds + " rounds done") : Optional.empty();
    }

    /** Rounds at a low learning rate since the best one. */
    private int roundsWithoutImprovement(List<Round> done) {
        double best = Double.NEGATIVE_INFINITY;
        int since = 0;
        for (Round round : done) {
            if (round.quality() > best) {
                best = round.quality();
                since = 0;
            } else if (round.learningRate() <= lowLearningRate && !Double.isNaN(round.quality())) {
                since++;
            }
        }
        return since;
    }
}
