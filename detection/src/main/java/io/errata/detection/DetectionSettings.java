package io.errata.detection;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.errata.core.problem.ArgumentChecks;

/**
 * How scored windows become detections.
 *
 * @param scoreThreshold windows scored at or below this probability are no detections, in [0, 1); default 0.02, low because average
 *     precision is about the whole curve
 * @param nmsIou of detections of a class that overlap by more than this IoU only the highest scored one is kept, in (0, 1]; default 0.4
 * @param maxDetections detections an image at most, at least 1; default 100, as COCO counts
 * @param secondLook whether a detector without a second stage looks again at the boxes that it found, cut out where it found them; default
 *     false, as in models of earlier versions
 */
public record DetectionSettings(
        double scoreThreshold,
        double nmsIou,
        int maxDetections,

        @JsonProperty(isRequired = OptBoolean.FALSE) boolean secondLook) {

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

    /** Thresholds without a second look. */
    public DetectionSettings(double scoreThreshold, double nmsIou, int maxDetections) {
        this(scoreThreshold, nmsIou, maxDetections, false);
    }

    /** The same with a second look. */
    public DetectionSettings withSecondLook() {
        return new DetectionSettings(scoreThreshold, nmsIou, maxDetections, true);
    }

    /** Scores above 0.02, IoU 0.4, at most 100 an image, no second look. */
    public static DetectionSettings withDefaults() {
        return new DetectionSettings(0.02, 0.4, 100);
    }
}
