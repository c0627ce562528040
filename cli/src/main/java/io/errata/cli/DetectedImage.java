package io.errata.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.errata.core.geometry.Box;
import io.errata.detection.Detection;
import java.util.List;

/**
 * What {@code errata detect --json} tells of an image.
 *
 * @param image the image, as it was named on the command line
 * @param width in pixels
 * @param height in pixels
 * @param detections what was found on it, highest score first
 */
record DetectedImage(String image, int width, int height, List<Found> detections) {

    DetectedImage {
        detections = List.copyOf(detections);
    }

    /** What was found on an image. */
    static DetectedImage of(String image, int width, int height, List<Detection> detections) {
        return new DetectedImage(
                image, width, height, detections.stream().map(Found::of).toList());
    }

    /**
     * A detection.
     *
     * @param label the class name, {@code class} in JSON
     * @param score in [0, 1]
     * @param box left, top, right and bottom edge in pixels
     */
    record Found(@JsonProperty("class") String label, double score, List<Double> box) {

        Found {
            box = List.copyOf(box);
        }

        private static Found of(Detection detection) {
            Box box = detection.box();
            return new Found(detection.label(), detection.score(), List.of(box.x1(), box.y1(), box.x2(), box.y2()));
        }
    }
}
