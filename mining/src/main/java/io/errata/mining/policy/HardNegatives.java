package io.errata.mining.policy;

import io.errata.detection.scan.ScoredWindows;
import io.errata.mining.ledger.Ledger;

/**
 * Windows scored above a threshold; of each image the highest, without those that overlap a higher one much.
 *
 * @param threshold the score to exceed, in [0, 1)
 * @param perImage how many of an image at most, after suppression
 * @param suppressionIou windows with a larger IoU with a higher-scored one are left out, in [0, 1]; 1 leaves out none
 * @param candidatesPerImage how many of an image are looked at, before suppression
 */
public record HardNegatives(double threshold, int perImage, double suppressionIou, int candidatesPerImage)
        implements MiningPolicy {

    public HardNegatives {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold must be in [0, 1), found " + threshold);
        }
        if (perImage < 1 || candidatesPerImage < perImage) {
            throw new IllegalArgumentException("perImage must be ≥ 1 and candidatesPerImage ≥ perImage, found "
                    + perImage + " and " + candidatesPerImage);
        }
        if (!(suppressionIou >= 0 && suppressionIou <= 1)) {
            throw new IllegalArgumentException("suppressionIou must be in [0, 1], found " + suppressionIou);
        }
    }

    /** Above this score, at most 20 an image, suppressed at 0.5, out of 4,000 candidates an image. */
    public static HardNegatives above(double threshold) {
        return new HardNegatives(threshold, 20, 0.5, 4000);
    }

    /** Takes at most so many of an image, after suppression. */
    public HardNegatives perImage(int most) {
        return new HardNegatives(threshold, most, suppressionIou, Math.max(most, candidatesPerImage));
    }

    /** Leaves out windows with a larger IoU with a higher-scored one, before the limit of an image counts. */
    public HardNegatives suppressing(double iou) {
        return new HardNegatives(threshold, perImage, iou, candidatesPerImage);
    }

    /** Looks at so many of an image at most, those with the largest scores. */
    public HardNegatives outOf(int candidates) {
        return new HardNegatives(threshold, perImage, suppressionIou, candidates);
    }

    @Override
    public ScoredWindows choose(ScoredWindows windows, Ledger ledger) {
        return windows.above(threshold)
                .top(candidatesPerImage)
                .suppressing(suppressionIou)
                .topPerImage(perImage);
    }
}
