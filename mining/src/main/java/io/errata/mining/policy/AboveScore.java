package io.errata.mining.policy;

import io.errata.core.problem.ArgumentChecks;
import io.errata.detection.scan.ScoredWindows;

/**
 * {@code mining.policy: {type: above_score}}: windows with a larger score.
 *
 * @param score to exceed, in [0, 1); default 0.5
 */
public record AboveScore(double score) implements NamedPolicy {

    public AboveScore {
        ArgumentChecks.check(score >= 0 && score < 1, "score", "must be in [0, 1)", score);
    }

    /** Above 0.5. */
    public static AboveScore withDefaults() {
        return new AboveScore(0.5);
    }

    @Override
    public String type() {
        return "above_score";
    }

    @Override
    public double threshold() {
        return score;
    }

    @Override
    public ScoredWindows choose(ScoredWindows candidates, WindowHistory history) {
        return candidates.above(score);
    }
}
