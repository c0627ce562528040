package io.errata.datasets.format;

import io.errata.datasets.GroundTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the annotations of one format beside images that are written already. Stateless. */
public interface AnnotationWriter {

    /** The folder of the images, relative to the data set's. */
    default String imageFolder() {
        return "images";
    }

    /** Whether all images lie in one folder. */
    default boolean isFlat() {
        return false;
    }

    /** Whether a data set without classes cannot be written. */
    default boolean needsClasses() {
        return false;
    }

    /** The flags of objects that the format has. */
    Flags flags();

    /** What the format calls its flag where it has only one; else an empty text. */
    default String flagName() {
        return "";
    }

    /** What the format cannot carry, in a sentence or two for people. */
    String losses();

    /** Writes all annotations. Names and classes are plain, boxes valid, and all objects such as the format can hold. */
    void write(Path folder, List<String> classes, List<OutputImage> images) throws IOException;

    /** The file or folder that a SPEC names, in this folder. */
    Path named(Path folder);

    /** Which flags of objects a format has. */
    enum Flags {
        /** None: objects to be ignored are left out. */
        NONE,

        /** {@link GroundTruth#difficult}, which crowds get too. */
        DIFFICULT,

        /** {@link GroundTruth#crowd}, which difficult objects get too. */
        CROWD,

        /** Both. */
        BOTH;

        /** Whether the format can hold the object: as it is, or as one that is to be ignored. */
        public boolean canHold(GroundTruth object) {
            return this != NONE || !object.ignored();
        }

        /** The object with the flag that the format has, so that it stays ignored. */
        public GroundTruth applyTo(GroundTruth object) {
            boolean ignored = object.ignored();
            return switch (this) {
                case DIFFICULT -> new GroundTruth(object.label(), object.box(), object.area(), ignored, false);
                case CROWD -> new GroundTruth(object.label(), object.box(), object.area(), false, ignored);
                default -> object;
            };
        }
    }
}
