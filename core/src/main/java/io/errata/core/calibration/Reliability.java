package io.errata.core.calibration;

import io.errata.core.problem.ArgumentChecks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well calibrated probabilities are: of the examples with probability 0.8, is a share of 0.8 positive? For more
 * than two classes pass the probability of each predicted class and whether it was right (Guo et al. 2017, arXiv
 * 1706.04599).
 *
 * @param bins the bins of a reliability diagram, ascending; empty bins are left out
 * @param expectedCalibrationError the mean over the examples of their bin's {@link Bin#gap}, in [0, 1]. It depends on
 *     the bins
 * @param maximumCalibrationError the largest gap of a bin, in [0, 1]
 * @param brierScore the mean squared difference of probability and label, in [0, 1]; it depends on no bins
 * @param brier the decomposition of the Brier score
 * @param logLoss the mean of −log of the probability given to the truth, in nats. Probabilities are clipped to [2⁻⁵²,
 *     1 − 2⁻⁵²], as in scikit-learn, so that one certain error costs 36 and not ∞
 */
public record Reliability(
        List<Bin> bins,
        double expectedCalibrationError,
        double maximumCalibrationError,
        double brierScore,
        BrierParts brier,
        double logLoss) {

    private static final int MAX_BINS = 10_000;
    private static final double MIN_PROBABILITY = 0x1p-52;

    /**
     * The examples whose probability is in {@code (lower, upper]}; the first bin also holds its lower edge.
     *
     * @param lower the lower edge
     * @param upper the upper edge
     * @param count how many there are, ≥ 1
     * @param meanProbability the mean of their probabilities
     * @param positives the share of positives among them
     */
    public record Bin(double lower, double upper, int count, double meanProbability, double positives) {

        /** How far the mean probability is from the share of positives. */
        public double gap() {
            return Math.abs(meanProbability - positives);
        }
    }

    /**
     * The Brier score's parts: Murphy 1973, with the term by which Stephenson, Coelho and Jolliffe 2008 make it exact
     * where the probabilities in a bin differ.
     *
     * @param reliability the mean squared gap of the bins, ≥ 0; calibration can bring it to 0
     * @param resolution the variance of the bins' shares of positives, ≥ 0; the higher the better
     * @param uncertainty the variance of the labels, which no classifier changes
     * @param withinBins variance of the probabilities within bins less twice their covariance with the labels there;
     *     of either sign
     */
    public record BrierParts(double reliability, double resolution, double uncertainty, double withinBins) {

        /** {@code reliability − resolution + uncertainty + withinBins}, which is the Brier score up to rounding. */
        public double score() {
            return reliability - resolution + uncertainty + withinBins;
        }
    }

    /** Copies {@code bins}. */
    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * With bins of equal width: Guo's choice, scikit-learn's {@code strategy="uniform"}.
     *
     * @param probabilities held-out probabilities; one class is enough
     * @param bins how many, 1 to 10,000; 10 to 20 are usual
     * @throws IllegalArgumentException if a score is not a probability, or {@code bins} is out of range
     */
    public static Reliability ofEqualWidth(LabelledScores probabilities, int bins) {
        double[] edges = new double[requireBins(bins) + 1];
        Arrays.setAll(edges, i -> i / (double) bins);
        return of(probabilities.requireProbabilities(), edges);
    }

    /**
     * With bins of equally many examples: edges are quantiles of the probabilities (linearly interpolated),
     * scikit-learn's {@code strategy="quantile"}. Equal probabilities share a bin, so that bins may differ in number
     * or be fewer.
     *
     * @param probabilities held-out probabilities; one class is enough
     * @param bins how many, 1 to 10,000
     * @throws IllegalArgumentException if a score is not a probability, or {@code bins} is out of range
     */
    public static Reliability ofEqualMass(LabelledScores probabilities, int bins) {
        requireBins(bins);
        LabelledScores.Distinct distinct = probabilities.requireProbabilities().distinct();
        double[] all = new double[probabilities.size()];
        for (int i = 0, n = 0; i < distinct.scores().length; i++) {
            int count = distinct.positives()[i] + distinct.negatives()[i];
            Arrays.fill(all, n, n + count, distinct.scores()[i]);
            n += count;
        }
        double[] edges = new double[bins + 1];
        Arrays.setAll(edges, i -> quantile(all, i, bins));
        return of(probabilities, edges);
    }

    private static int requireBins(int bins) {
        ArgumentChecks.check(bins >= 1 && bins <= MAX_BINS, "bins", "must be in [1, " + MAX_BINS + "]", bins);
        return bins;
    }

    /** The i-th of n quantiles; the position is a ratio of whole numbers, so that one that hits an example is exact. */
    private static double quantile(double[] sorted, int i, int n) {
        long position = (long) i * (sorted.length - 1);
        int below = (int) (position / n);
        double part = position % n / (double) n;
        return part == 0 ? sorted[below] : sorted[below] + part * (sorted[below + 1] - sorted[below]);
    }

    private static Reliability of(LabelledScores probabilities, double[] edges) {
        double[] positives = probabilities.sortedPositives();
        double[] negatives = probabilities.sortedNegatives();
        int n = probabilities.size();
        List<Bin> bins = new ArrayList<>();
        double within = 0;
        for (int i = 1, p = 0, q = 0; i < edges.length; i++) {
            double upper = i == edges.length - 1 ? Double.POSITIVE_INFINITY : edges[i];
            int toP = firstAbove(positives, p, upper);
            int toQ = firstAbove(negatives, q, upper);
            int count = toP - p + toQ - q;
            if (count > 0) {
                double mean = (sum(positives, p, toP) + sum(negatives, q, toQ)) / count;
                Bin bin = new Bin(edges[i - 1], edges[i], count, mean, (toP - p) / (double) count);
                bins.add(bin);
                within += within(positives, p, toP, 1, bin) + within(negatives, q, toQ, 0, bin);
            }
            p = toP;
            q = toQ;
        }
        return new Reliability(
                bins,
                bins.stream().mapToDouble(bin -> bin.count * bin.gap()).sum() / n,
                bins.stream().mapToDouble(Bin::gap).max().orElse(0),
                (squares(positives, 1) + squares(negatives, 0)) / n,
                parts(bins, positives.length / (double) n, n, within / n),
                logLoss(positives, negatives));
    }

    private static BrierParts parts(List<Bin> bins, double positives, int n, double withinBins) {
        double reliability = 0;
        double resolution = 0;
        for (Bin bin : bins) {
            double share = bin.positives - positives;
            reliability += bin.count * bin.gap() * bin.gap();
            resolution += bin.count * share * share;
        }
        return new BrierParts(reliability / n, resolution / n, positives * (1 - positives), withinBins);
    }

    /** The examples' part in variance less twice the covariance of probability and label in the bin. */
    private static double within(double[] sorted, int from, int to, int label, Bin bin) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double away = sorted[i] - bin.meanProbability;
            sum += away * (away - 2 * (label - bin.positives));
        }
        return sum;
    }

    private static int firstAbove(double[] sorted, int from, double limit) {
        int i = from;
        while (i < sorted.length && sorted[i] <= limit) {
            i++;
        }
        return i;
    }

    private static double sum(double[] sorted, int from, int to) {
        return Arrays.stream(sorted, from, to).sum();
    }

    private static double squares(double[] probabilities, int label) {
        return Arrays.stream(probabilities).map(p -> (p - label) * (p - label)).sum();
    }

    private static double logLoss(double[] positives, double[] negatives) {
        double sum = Arrays.stream(positives).map(p -> surprise(p)).sum()
                + Arrays.stream(negatives).map(p -> surprise(1 - p)).sum();
        return sum / (positives.length + negatives.length);
    }

    private static double surprise(double probability) {
        return -Math.log(Math.min(Math.max(probability, MIN_PROBABILITY), 1 - MIN_PROBABILITY));
    }
}
