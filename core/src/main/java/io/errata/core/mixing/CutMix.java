package io.errata.core.mixing;

import io.errata.core.geometry.Box;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * CutMix: a square of the receiver is replaced by the giver's pixels at the same place. Its side is √(1 − λ) of the
 * patch's, rounded down, its centre any pixel; it is clipped to the patch, and λ is then 1 − area / (W·H) of the
 * clipped square. Yun et al. 2019, arXiv 1905.04899.
 *
 * <p>A cut must not make a patch with an IoU between background and positive, which labelling ignores. The visible
 * part of an object is measured by its frame, the middle of the patch: its IoU with the frame is the visible share of
 * the frame. That IoU is labelled like that of a window:
 *
 * <ul>
 *   <li>a positive receiver must keep at least {@code positiveIou} of its frame;
 *   <li>a positive giver counts as its class from {@code positiveIou} of its frame, and as background below
 *       {@code negativeIou};
 *   <li>a cut that leaves a receiver less, or shows a share of a giver between the two, is drawn again, up to ten
 *       times; then the patch is not mixed.
 * </ul>
 *
 * @param alpha α of Beta(α, α), &gt; 0: towards 0 nothing is mixed, 1 is uniform and the paper's choice
 * @param share the chance of each patch to receive, in [0, 1]
 * @param side of a patch in pixels, ≥ 1
 * @param frame the side of what a window frames, in pixels of the patch, in (0, {@code side}]
 * @param negativeIou below it a window is background, in (0, {@code positiveIou}]
 * @param positiveIou from it a window is positive, in (0, 1]
 */
public record CutMix(double alpha, double share, int side, double frame, double negativeIou, double positiveIou)
        implements Mixing {

    private static final int MAX_TRIES = 10;

    /** @throws IllegalArgumentException with every number that is out of range */
    public CutMix {
        Pairing.checks(alpha, share)
                .require(side >= 1, "side", "must be ≥ 1", side)
                .require(frame > 0 && frame <= side, "frame", "must be in (0, side = " + side + "]", frame)
                .require(positiveIou > 0 && positiveIou <= 1, "positiveIou", "must be in (0, 1]", positiveIou)
                .require(
                        negativeIou > 0 && !(negativeIou > positiveIou),
                        "negativeIou",
                        "must be in (0, positiveIou = " + positiveIou + "]",
                        negativeIou)
                .verify();
    }

    @Override
    public List<Mix> plan(List<Role> roles, SplittableRandom random) {
        return Pairing.plan(
                roles,
                share,
                random,
                (receiver, giver) -> mix(receiver, roles.get(receiver), giver, roles.get(giver), random));
    }

    private Optional<Mix> mix(int receiver, Role receives, int giver, Role gives, SplittableRandom random) {
        SymmetricBeta beta = new SymmetricBeta(alpha);
        for (int i = 0; i < MAX_TRIES; i++) {
            Box cut = cut(beta.drawLarger(random), random);
            if (cut.isEmpty()) {
                return Optional.empty();
            }
            double visible = cut.intersection(frameBox()) / (frame * frame);
            boolean keeps = receives != Role.POSITIVE || 1 - visible >= positiveIou;
            boolean counts = gives != Role.POSITIVE || visible >= positiveIou;
            if (keeps && (counts || visible < negativeIou)) {
                double lambda = 1 - cut.area() / ((double) side * side);
                return Optional.of(new Mix(receiver, giver, lambda, cut, counts));
            }
        }
        return Optional.empty();
    }

    /** A square of about 1 − λ of the patch, clipped to it. */
    private Box cut(double lambda, SplittableRandom random) {
        int extent = (int) (side * Math.sqrt(1 - lambda));
        int x = random.nextInt(side) - extent / 2;
        int y = random.nextInt(side) - extent / 2;
        return new Box(x, y, (double) x + extent, (double) y + extent).clippedTo(side, side);
    }

    private Box frameBox() {
        double from = (side - frame) / 2;
        return new Box(from, from, from + frame, from + frame);
    }
}
