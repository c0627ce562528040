package io.errata.mining.policy;

import io.errata.core.problem.ArgumentChecks;
import io.errata.detection.scan.ScoredWindows;
import java.util.OptionalInt;

/**
 * {@code mining.policy: {type: hard_negatives}}, the default: of each image the windows with the largest scores, without those that
 * overlap a higher-scored one much.
 *
 * @param threshold the score to exceed, in [0, 1); default 0. In a configuration {@code mining.threshold} is asked for before
 * @param perImage how many of an image at most, after suppression, at least 1; default 20, so that one confusing image does not fill the
 *     training set
 * @param nmsIou of windows that overlap by more than this IoU only the highest-scored one is taken, in (0, 1]; 1 takes all; default 0.5
 */
public record HardNegatives(double threshold, int perImage, double nmsIou) implements NamedPolicy {

    public HardNegatives {
        new ArgumentChecks()
                .require(threshold >= 0 && threshold < 1, "threshold", "must be in [0, 1)", threshold)
                .require(perImage >= 1, "perImage", "must be ≥ 1", perImage)
                .require(nmsIou > 0 && nmsIou <= 1, "nmsIou", "must be in (0, 1]", nmsIou)
                .verify();
    }

    /** At most 20 an image, suppressed at 0.5. */
    public static HardNegatives withDefaults() {
        return above(0);
    }

    /** Above this score, at most 20 an image, suppressed at 0.5. */
    public static HardNegatives above(double score) {
        return new HardNegatives(score, 20, 0.5);
    }

    /** Takes at most so many of an image, after suppression. */
    public HardNegatives perImage(int limit) {
        return new HardNegatives(threshold, limit, nmsIou);
    }

    /** Leaves out windows with a larger IoU with a higher-scored one, before the limit of an image counts. */
    public HardNegatives suppressing(double iou) {
        return new HardNegatives(threshold, perImage, iou);
    }

    @Override
    public String type() {
        return "hard_negatives";
    }

    @Override
    public int candidatesPerImage() {
        return Math.max(perImage, NamedPolicy.super.candidatesPerImage());
    }

    @Override
    public OptionalInt limitPerImage() {
        return OptionalInt.of(perImage);
    }

    @Override
    public ScoredWindows choose(ScoredWindows candidates, WindowHistory history) {
        return candidates.above(threshold).suppressing(nmsIou).topPerImage(perImage);
    }
}
