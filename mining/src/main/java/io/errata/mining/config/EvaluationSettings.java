package io.errata.mining.config;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.errata.detection.DetectionSettings;

/**
 * How windows become detections, and which round is the best: section {@code evaluation} of a configuration. The keys of
 * {@code detection} are keys of the section.
 *
 * @param detection how windows become detections
 * @param bestBy the metric that chooses the best round; of equally good ones the last is it; default {@code ap}
 */
public record EvaluationSettings(@JsonUnwrapped DetectionSettings detection, BestBy bestBy) {

    /** The default detections; the best round by AP. */
    public static EvaluationSettings withDefaults() {
        return new EvaluationSettings(DetectionSettings.withDefaults(), BestBy.AP);
    }
}
