package io.errata.detection.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.errata.datasets.ClassMapping;
import io.errata.datasets.window.WindowGeometry;
import io.errata.detection.DetectionSettings;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.CropArchitecture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code model.json}: everything of a detector but its weights.
 *
 * @param format the version of this file
 * @param classes the class names, in the order of the network's outputs
 * @param mapping classes of the training data that were merged into these or left out; none in models of earlier versions
 * @param geometry the windows it looks at
 * @param architecture the network's layers
 * @param secondStage the layers of the network that looks again at what was found; {@code null} where there is none, as in models of
 *     format 1
 * @param detection thresholds
 * @param provenance where it comes from
 */
public record ModelDescription(
        int format,
        List<String> classes,

        @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable
        ClassMapping mapping,

        WindowGeometry geometry,
        Architecture architecture,

        @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable
        CropArchitecture secondStage,

        DetectionSettings detection,
        Provenance provenance) {

    /** The version that is written. */
    public static final int FORMAT = 2;

    @Override
    public ClassMapping mapping() {
        return requireNonNull(mapping);
    }

    public ModelDescription {
        classes = List.copyOf(classes);
        mapping = mapping == null ? ClassMapping.none() : mapping;
        requireNonNull(geometry, "geometry");
        requireNonNull(architecture, "architecture");
        requireNonNull(detection, "detection");
        requireNonNull(provenance, "provenance");
    }
}
