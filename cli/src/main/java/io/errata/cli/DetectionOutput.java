package io.errata.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.errata.core.problem.Printable;
import io.errata.detection.files.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells what was found on images, one image after the other: a line for each detection, or the elements of a list in JSON, which ends
 * when this is closed.
 */
final class DetectionOutput implements AutoCloseable {

    private final PrintWriter out;
    private final PrintWriter err;
    private final @Nullable SequenceWriter list;
    private final double threshold;

    private DetectionOutput(PrintWriter out, PrintWriter err, @Nullable SequenceWriter list, double threshold) {
        this.out = out;
        this.err = err;
        this.list = list;
        this.threshold = threshold;
    }

    /**
     * Output that begins.
     *
     * @param out takes what was found
     * @param err is told where nothing was found
     * @param json whether as JSON
     * @param threshold the score that detections have at least
     */
    static DetectionOutput to(PrintWriter out, PrintWriter err, boolean json, double threshold) throws IOException {
        SequenceWriter list = json
                ? Json.MAPPER
                        .writer()
                        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                        .writeValuesAsArray(out)
                : null;
        return new DetectionOutput(out, err, list, threshold);
    }

    /** Tells of one image. */
    void found(DetectedImage image) throws IOException {
        if (list != null) {
            list.write(image).flush();
            return;
        }
        if (image.detections().isEmpty()) {
            err.println("errata: nothing found on " + Printable.of(image.image()) + " with a score of at least "
                    + threshold);
        }
        for (DetectedImage.Found found : image.detections()) {
            List<Double> box = found.box();
            out.println(String.format(
                    Locale.ROOT,
                    "%s\t%s\t%.3f\t%.1f\t%.1f\t%.1f\t%.1f",
                    Printable.of(image.image()),
                    Printable.of(found.label()),
                    found.score(),
                    box.get(0),
                    box.get(1),
                    box.get(2),
                    box.get(3)));
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (list != null) {
            list.close();
            out.println();
        }
    }
}
