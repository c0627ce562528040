package io.errata.detection;

/**
 * How scored windows become detections.
 *
 * @param scoreThreshold scores must exceed this, in [0, 1)
 * @param nmsIou of detections of a class with a larger IoU only the highest scored is kept, in [0, 1]
 * @param maxDetections detections an image at most
 */
public record DetectionSettings(double scoreThreshold, double nmsIou, int maxDetections) {

    public DetectionSettings {
        if (!(scoreThreshold >= 0 && scoreThreshold < 1)) {
            throw new IllegalArgumentException("scoreThreshold must be in [0, 1), found " + scoreThreshold);
        }
        if (!(nmsIou >= 0 && nmsIou <= 1)) {
            throw new IllegalArgumentException("nmsIou must be in [0, 1], found " + nmsIou);
        }
        if (maxDetections < 1) {
            throw new IllegalArgumentException("maxDetections must be ≥ 1, found " + maxDetections);
        }
    }

    /** Scores above 0.02, IoU 0.4, at most 100 an image. */
    public static DetectionSettings withDefaults() {
        return new DetectionSettings(0.02, 0.4, 100);
    }
}
