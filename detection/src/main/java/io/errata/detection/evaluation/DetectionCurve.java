package io.errata.detection.evaluation;

import java.util.OptionalDouble;

/**
 * What a detector of one class trades as its score threshold falls. Point {@code i} is the state after the {@code i + 1} best
 * scored detections: so many true and so many false positives. Precision and recall are one view of it, miss rate and false
 * positives per image (FPPI) another.
 *
 * <p>Detections that were left out (matched to crowd or difficult objects, or outside the area range) make no point. Equal
 * scores make a point each, in the order of the images and then of the list, as in pycocotools.
 *
 * <p>Where there is no ground truth, recall, miss rate and every average are NaN; where there is ground truth but no detection,
 * they are 0 (miss rates: 1). Immutable.
 */
public final class DetectionCurve {

    private static final int RECALLS = 101;
    private static final int REFERENCES = 9;
    private static final double SMALLEST_MISS_RATE = 1e-10;

    private final double[] scores;
    private final int[] truePositives; // cumulative
    private final int groundTruths;
    private final int images;

    private DetectionCurve(double[] scores, int[] truePositives, int groundTruths, int images) {
        this.scores = scores;
        this.truePositives = truePositives;
        this.groundTruths = groundTruths;
        this.images = images;
    }

    /**
     * A curve from detections that are matched already.
     *
     * @param scores {@code [N]}, falling
     * @param correct {@code [N]}, whether each is a true positive; else it is a false one
     * @param groundTruths the number of objects to be found
     * @param images the number of images looked at, those without objects included
     * @throws IllegalArgumentException if the lengths differ, a score rises or is NaN, there are more true positives than objects,
     *     or there are detections on no image
     */
    public static DetectionCurve of(double[] scores, boolean[] correct, int groundTruths, int images) {
        if (scores.length != correct.length) {
            throw new IllegalArgumentException(
                    "scores and correct must be of one length, found " + scores.length + " and " + correct.length);
        }
        int[] truePositives = new int[correct.length];
        int hits = 0;
        for (int i = 0; i < correct.length; i++) {
            if (Double.isNaN(scores[i]) || (i > 0 && scores[i] > scores[i - 1])) {
                throw new IllegalArgumentException("scores must fall, found " + scores[i] + " at index " + i);
            }
            hits += correct[i] ? 1 : 0;
            truePositives[i] = hits;
        }
        if (groundTruths < hits) {
            throw new IllegalArgumentException(
                    "groundTruths must be >= the " + hits + " true positives, found " + groundTruths);
        }
        if (images < (scores.length > 0 ? 1 : 0)) {
            throw new IllegalArgumentException("images must be > 0 where there are detections, found " + images);
        }
        return new DetectionCurve(scores.clone(), truePositives, groundTruths, images);
    }

    /** The number of points. */
    public int size() {
        return scores.length;
    }

    /** The number of objects to be found; crowd and difficult ones are not counted. */
    public int groundTruths() {
        return groundTruths;
    }

    /** The threshold at a point: the detections scored at least this high are the ones counted (but see ties above). */
    public double score(int point) {
        return scores[point];
    }

    /** The share of detections that are true, in [0, 1]. */
    public double precision(int point) {
        return truePositives[point] / (point + 1.0);
    }

    /** The share of objects that are found, in [0, 1]; NaN without ground truth. */
    public double recall(int point) {
        return truePositives[point] / (double) groundTruths;
    }

    /** The share of objects that are not found, in [0, 1]; NaN without ground truth. */
    public double missRate(int point) {
        return (groundTruths - truePositives[point]) / (double) groundTruths;
    }

    /** False positives per image, over all images. */
    public double falsePositivesPerImage(int point) {
        return (point + 1 - truePositives[point]) / (double) images;
    }

    /** The highest recall reached: the recall with every detection kept. NaN without ground truth. */
    public double finalRecall() {
        if (groundTruths == 0) {
            return Double.NaN;
        }
        return size() == 0 ? 0 : recall(size() - 1);
    }

    /**
     * The false positives per image to be borne for a recall: those at the first point that reaches it.
     *
     * @param recall in [0, 1]
     * @return empty where no threshold reaches that recall, or there is no ground truth
     * @throws IllegalArgumentException if {@code recall} is not in [0, 1]
     */
    public OptionalDouble falsePositivesPerImageAt(double recall) {
        if (!(recall >= 0 && recall <= 1)) {
            throw new IllegalArgumentException("recall must be in [0, 1], found " + recall);
        }
        if (recall == 0 && groundTruths > 0) {
            return OptionalDouble.of(0);
        }
        int point = firstReaching(recall);
        return point < size() ? OptionalDouble.of(falsePositivesPerImage(point)) : OptionalDouble.empty();
    }

    /**
     * COCO's average precision: the mean of the interpolated precision (the highest at this or any higher recall) at the 101
     * recalls 0, 0.01, …, 1, each read at the first point that reaches it and 0 where none does (Lin et al. 2014, arXiv
     * 1405.0312; pycocotools). The recalls are {@code i * 0.01} in double precision, as there.
     *
     * @return in [0, 1]; NaN without ground truth
     */
    public double averagePrecision() {
        if (groundTruths == 0) {
            return Double.NaN;
        }
        double[] envelope = envelope();
        double sum = 0;
        int point = 0;
        for (int i = 0; i < RECALLS; i++) {
            while (point < size() && recall(point) < i * 0.01) {
                point++;
            }
            sum += point < size() ? envelope[point] : 0;
        }
        return sum / RECALLS;
    }

    /**
     * VOC 2007's average precision: the mean of the interpolated precision at the 11 recalls 0, 0.1, …, 1 (Everingham et al. 2010,
     * equation 1). The comparison is of integers, so that 3 of 10 objects do reach the recall of 0.3.
     *
     * @return in [0, 1]; NaN without ground truth
     */
    public double elevenPointAveragePrecision() {
        if (groundTruths == 0) {
            return Double.NaN;
        }
        double[] envelope = envelope();
        double sum = 0;
        int point = 0;
        for (int tenths = 0; tenths <= 10; tenths++) {
            while (point < size() && 10L * truePositives[point] < (long) tenths * groundTruths) {
                point++;
            }
            sum += point < size() ? envelope[point] : 0;
        }
        return sum / 11;
    }

    /**
     * VOC 2010's average precision: the area under the interpolated precision over recall, every point counted.
     *
     * @return in [0, 1]; NaN without ground truth
     */
    public double areaUnderEnvelope() {
        double[] envelope = envelope();
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            boolean rises = truePositives[i] > (i == 0 ? 0 : truePositives[i - 1]);
            sum += rises ? envelope[i] : 0;
        }
        return sum / groundTruths;
    }

    /**
     * The log-average miss rate: {@code exp(mean(log(max(1e-10, miss))))} over the nine references FPPI = 10^-2, 10^-1.75, …, 10^0
     * (Dollár et al. 2012, "Pedestrian detection: an evaluation of the state of the art"). At each reference the miss rate
     * is that of the last point whose FPPI is at or below it, and 1 where there is none.
     *
     * @return in [1e-10, 1]; the less the better; NaN without ground truth
     */
    public double logAverageMissRate() {
        double sum = 0;
        for (int i = 0; i < REFERENCES; i++) {
            sum += Math.log(Math.max(SMALLEST_MISS_RATE, missRateAt(reference(i))));
        }
        return Math.exp(sum / REFERENCES);
    }

    /**
     * Whether {@link #logAverageMissRate()} can be compared. It cannot where every object is found at one of the references:
     * the logarithm then is the clamp's and not a measurement, and one object more or less moves the average by a multiple, as
     * happens on small sets. Nor without ground truth.
     */
    public boolean hasReliableMissRate() {
        return groundTruths > 0 && missRateAt(reference(REFERENCES - 1)) > 0;
    }

    /**
     * The miss rate allowed so many false positives per image: that of the last point at or below it, 1 where there is none.
     *
     * @return in [0, 1]; NaN without ground truth
     */
    public double missRateAt(double falsePositivesPerImage) {
        int low = 0;
        int high = size();
        while (low < high) { // the first point above
            int middle = (low + high) >>> 1;
            if (falsePositivesPerImage(middle) <= falsePositivesPerImage) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (groundTruths == 0) {
            return Double.NaN;
        }
        return low == 0 ? 1 : missRate(low - 1);
    }

    /** {@code 10^(-2 + i/4)}; StrictMath, so that 0.01, 0.1 and 1 are these very numbers everywhere. */
    private static double reference(int i) {
        return StrictMath.pow(10, -2 + i * 0.25);
    }

    private int firstReaching(double recall) {
        int point = 0;
        while (point < size() && !(recall(point) >= recall)) {
            point++;
        }
        return point;
    }

    /** {@code [N]}: the highest precision at this or any later point. */
    private double[] envelope() {
        double[] envelope = new double[size()];
        double best = 0;
        for (int i = size() - 1; i >= 0; i--) {
            best = Math.max(best, precision(i));
            envelope[i] = best;
        }
        return envelope;
    }
}
