package io.errata.mining.run;

import io.errata.mining.config.BestBy;
import org.jspecify.annotations.Nullable;

/** Which round has the best detector so far. */
final class BestRound {

    private final BestBy metric;
    private @Nullable RoundResult best;

    BestRound(BestBy metric) {
        this.metric = metric;
    }

    /**
     * Takes the round if it is the best so far, and says whether it is. The first round always is; of equal ones the later is, which has
     * learned from more mistakes.
     */
    boolean offer(RoundResult result) {
        RoundResult before = best;
        boolean better = before == null || Double.isNaN(quality(before)) || quality(result) >= quality(before);
        best = better ? result : before;
        return better;
    }

    /** Goes on from the best round of a checkpoint; {@code null} for none. */
    void restore(@Nullable RoundResult result) {
        best = result;
    }

    /** The best round; {@code null} before the first. */
    @Nullable
    RoundResult get() {
        return best;
    }

    /** Its number; {@code null} before the first. */
    @Nullable
    Integer round() {
        return best == null ? null : best.round();
    }

    /** The figure that decides; larger is better, NaN where the validation images hold no object. */
    double quality(RoundResult result) {
        return metric.quality(result.figures());
    }
}
