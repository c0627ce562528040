package io.errata.detection.model;

import static java.util.Objects.requireNonNull;

import io.errata.datasets.window.WindowGeometry;
import io.errata.detection.DetectionSettings;
import io.errata.detection.network.Architecture;
import java.util.List;

/**
 * {@code model.json}: everything of a detector but its weights.
 *
 * @param format the version of this file
 * @param classes the class names, in the order of the network's outputs
 * @param geometry the windows it looks at
 * @param architecture the network's layers
 * @param detection thresholds
 * @param provenance where it comes from
 */
public record ModelDescription(
        int format,
        List<String> classes,
        WindowGeometry geometry,
        Architecture architecture,
        DetectionSettings detection,
        Provenance provenance) {

    /** The version that is written. */
    public static final int FORMAT = 1;

    public ModelDescription {
        classes = List.copyOf(classes);
        requireNonNull(geometry, "geometry");
        requireNonNull(architecture, "architecture");
        requireNonNull(detection, "detection");
        requireNonNull(provenance, "provenance");
    }
}
