package io.errata.detection;

import io.errata.core.problem.ArgumentChecks;

/**
 * How scored windows become detections.
 *
 * @param scoreThreshold windows scored at or below this probability are no detections, in [0, 1); default 0.02, low because average
 *     precision is about the whole curve
 * @param nmsIou of detections of a class that overlap by more than this IoU only the highest scored one is kept, in (0, 1]; default 0.4
 * @param maxDetections detections an image at most, at least 1; default 100, as COCO counts
 */
public record DetectionSettings(double scoreThreshold, double nmsIou, int maxDetections) {

    public DetectionSettings {
        new ArgumentChecks()
                .require(
                        scoreThreshold >= 0 && scoreThreshold < 1,
                        "scoreThreshold",
                        "must be in [0, 1)",
                        scoreThreshold)
                .require(nmsIou > 0 && nmsIou <= 1, "nmsIou", "must be in (0, 1]", nmsIou)
                .require(maxDetections >= 1, "maxDetections", "must be ≥ 1", maxDetections)
                .verify();
    }

    /** Scores above 0.02, IoU 0.4, at most 100 an image. */
    public static DetectionSettings withDefaults() {
        return new DetectionSettings(0.02, 0.4, 100);
    }
}
