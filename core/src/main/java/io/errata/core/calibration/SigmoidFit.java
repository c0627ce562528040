package io.errata.core.calibration;

import java.util.Arrays;

/**
 * Newton's method with backtracking for Platt's sigmoid: Lin, Lin and Weng 2007, "A note on Platt's probabilistic
 * outputs for support vector machines", algorithm 1. The scores are first scaled to [−1, 1], which only improves the
 * precision of the result.
 */
final class SigmoidFit {

    private static final int MAX_STEPS = 100;
    private static final double RIDGE = 1e-12;
    private static final double MIN_STEP = 1e-10;

    private final double[] positives;
    private final double[] negatives;
    private final double positiveTarget;
    private final double negativeTarget;

    private double slope;
    private double offset;
    private double loss;

    private SigmoidFit(double[] positives, double[] negatives) {
        this.positives = positives;
        this.negatives = negatives;
        positiveTarget = (positives.length + 1.0) / (positives.length + 2.0);
        negativeTarget = 1.0 / (negatives.length + 2.0);
        offset = Math.log((positives.length + 1.0) / (negatives.length + 1.0));
        loss = loss(slope, offset);
    }

    static PlattScaling of(LabelledScores heldOut) {
        double[] positives = heldOut.sortedPositives();
        double[] negatives = heldOut.sortedNegatives();
        double low = Math.min(positives[0], negatives[0]);
        double high = Math.max(positives[positives.length - 1], negatives[negatives.length - 1]);
        double middle = low / 2 + high / 2;
        double radius = high / 2 - low / 2;
        if (!(radius > 0)) {
            return constant(positives.length, negatives.length);
        }
        SigmoidFit fit = new SigmoidFit(scaled(positives, middle, radius), scaled(negatives, middle, radius));
        fit.descend();
        return fit.slope < 0
                ? constant(positives.length, negatives.length)
                : new PlattScaling(fit.slope / radius, fit.offset - fit.slope * (middle / radius));
    }

    /** The most likely constant: the log-odds of the mean target. */
    private static PlattScaling constant(int positives, int negatives) {
        double targetSum = positives * (positives + 1.0) / (positives + 2.0) + negatives / (negatives + 2.0);
        return new PlattScaling(0, LogOdds.logit(targetSum / (positives + negatives)));
    }

    private static double[] scaled(double[] scores, double middle, double radius) {
        return Arrays.stream(scores).map(score -> (score - middle) / radius).toArray();
    }

    private void descend() {
        double enough = 1e-13 * (positives.length + negatives.length);
        boolean falls = true;
        for (int step = 0; falls && step < MAX_STEPS; step++) {
            Derivatives derivatives = new Derivatives();
            derivatives.add(positives, positiveTarget);
            derivatives.add(negatives, negativeTarget);
            falls = !derivatives.isGradientBelow(enough) && search(derivatives);
        }
    }

    /** Takes a Newton step, halved until the loss falls enough; false if it does not fall. */
    private boolean search(Derivatives at) {
        double determinant = at.slopeSlope * at.offsetOffset - at.slopeOffset * at.slopeOffset;
        double bySlope = -(at.offsetOffset * at.bySlope - at.slopeOffset * at.byOffset) / determinant;
        double byOffset = -(at.slopeSlope * at.byOffset - at.slopeOffset * at.bySlope) / determinant;
        double descent = at.bySlope * bySlope + at.byOffset * byOffset;
        for (double step = 1; step >= MIN_STEP; step /= 2) {
            double reached = loss(slope + step * bySlope, offset + step * byOffset);
            if (reached < loss + 1e-4 * step * descent) {
                slope += step * bySlope;
                offset += step * byOffset;
                loss = reached;
                return true;
            }
        }
        return false;
    }

    private double loss(double slope, double offset) {
        return loss(positives, positiveTarget, slope, offset) + loss(negatives, negativeTarget, slope, offset);
    }

    private static double loss(double[] scores, double target, double slope, double offset) {
        double sum = 0;
        for (double score : scores) {
            double x = slope * score + offset;
            sum += LogOdds.softplus(x) - target * x;
        }
        return sum;
    }

    /** Gradient and Hessian of the loss at the current slope and offset. */
    private final class Derivatives {

        private double bySlope;
        private double byOffset;
        private double slopeSlope = RIDGE;
        private double offsetOffset = RIDGE;
        private double slopeOffset;

        boolean isGradientBelow(double limit) {
            return Math.abs(bySlope) < limit && Math.abs(byOffset) < limit;
        }

        void add(double[] scores, double target) {
            for (double score : scores) {
                double p = LogOdds.sigmoid(slope * score + offset);
                double curvature = p * (1 - p);
                bySlope += (p - target) * score;
                byOffset += p - target;
                slopeSlope += curvature * score * score;
                offsetOffset += curvature;
                slopeOffset += curvature * score;
            }
        }
    }
}
