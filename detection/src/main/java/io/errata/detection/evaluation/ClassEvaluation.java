package io.errata.detection.evaluation;

import static java.util.Objects.requireNonNull;

/**
 * The COCO metrics of one class, each in [0, 1] and NaN where there is no ground truth for it: none at all, or none in that area
 * range. AP and AR without a number behind them are means over the IoU thresholds .50, .55, …, .95; {@link Evaluation} has the
 * rules.
 *
 * @param ap average precision
 * @param ap50 average precision at IoU .5
 * @param ap75 average precision at IoU .75
 * @param apSmall average precision on objects up to 32² square pixels
 * @param apMedium average precision on objects of 32² to 96² square pixels
 * @param apLarge average precision on objects from 96² square pixels
 * @param ar1 recall with the best scored detection of each image
 * @param ar10 recall with the ten best scored detections of each image
 * @param ar100 recall with the hundred best scored detections of each image
 * @param arSmall recall on objects up to 32² square pixels
 * @param arMedium recall on objects of 32² to 96² square pixels
 * @param arLarge recall on objects from 96² square pixels
 * @param curve precision, recall, miss rate and false positives per image at IoU .5
 */
public record ClassEvaluation(
        double ap,
        double ap50,
        double ap75,
        double apSmall,
        double apMedium,
        double apLarge,
        double ar1,
        double ar10,
        double ar100,
        double arSmall,
        double arMedium,
        double arLarge,
        DetectionCurve curve) {

    public ClassEvaluation {
        requireNonNull(curve, "curve");
    }

    /** The log-average miss rate at IoU .5, in [1e-10, 1]; NaN without ground truth. */
    public double lamr() {
        return curve.logAverageMissRate();
    }

    /** Whether {@link #lamr()} can be compared: see {@link DetectionCurve#hasReliableMissRate()}. */
    public boolean lamrReliable() {
        return curve.hasReliableMissRate();
    }

    /** The number of objects to be found; crowd and difficult ones are not counted. */
    public int groundTruths() {
        return curve.groundTruths();
    }
}
