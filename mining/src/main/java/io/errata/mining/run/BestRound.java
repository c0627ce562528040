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

    /** Takes the round if none before it is better, and says whether it is the best so far. The first round always is. */
    boolean offer(RoundResult result) {
        RoundResult before = best;
        boolean asGood = before == null || quality(result) >= quality(before) || Double.isNaN(quality(before));
        best = asGood ? result : before;
        return asGood;
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
