package io.errata.mining.config;

/**
 * Section {@code evaluation}: how windows become detections, and which round is the best.
 *
 * @param scoreThreshold windows scored below this probability are no detections, in [0, 1); default 0.02, low because average
 *     precision is about the whole curve
 * @param nmsIou of detections of a class that overlap by more than this IoU only the highest scored one is kept, in (0, 1]; default 0.4
 * @param maxDetections detections an image at most, at least 1; default 100, as COCO counts
 * @param bestBy the metric that chooses the best round; default {@code ap50}
 */
public record EvaluationSettings(double scoreThreshold, double nmsIou, int maxDetections, BestBy bestBy) {

    public EvaluationSettings {
        new Rules()
                .require(
                        scoreThreshold >= 0 && scoreThreshold < 1,
                        "scoreThreshold",
                        "must be in [0, 1)",
                        scoreThreshold)
                .require(nmsIou > 0 && nmsIou <= 1, "nmsIou", "must be in (0, 1]", nmsIou)
                .require(maxDetections >= 1, "maxDetections", "must be ≥ 1", maxDetections)
                .verify();
    }

    /** At most 100 detections an image, scored 0.02 or more; the best round by AP50. */
    public static EvaluationSettings defaults() {
        return new EvaluationSettings(0.02, 0.4, 100, BestBy.AP50);
    }
}
