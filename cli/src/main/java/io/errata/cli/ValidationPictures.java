package io.errata.cli;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.Pixels;
import io.errata.detection.Detection;
import io.errata.detection.detector.Detector;
import io.errata.detection.drawing.DetectionDrawing;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Shows at the end of a run what its detector finds: some validation images with the detections drawn onto them. */
final class ValidationPictures {

    private static final int MOST = 4;
    private static final double THRESHOLD = 0.5;

    private ValidationPictures() {}

    /**
     * Draws the validation images with the most objects.
     *
     * @param folder for the pictures, made where it is not there
     */
    static void write(Detector detector, Dataset validation, Path folder) {
        List<AnnotatedImage> chosen = validation.images().stream()
                .sorted(Comparator.comparingInt(
                        (AnnotatedImage image) -> -image.objects().size()))
                .limit(MOST)
                .toList();
        List<List<Detection>> found = detector.detectAll(chosen);
        DetectionDrawing drawing = DetectionDrawing.of(detector.classes());
        for (int i = 0; i < chosen.size(); i++) {
            Pixels pixels = chosen.get(i).source().read();
            List<Detection> sure = found.get(i).stream()
                    .filter(detection -> detection.score() >= THRESHOLD)
                    .toList();
            ImageFile.write(
                    drawing.draw(pixels, sure), folder.resolve(String.format(Locale.ROOT, "validation-%d.png", i + 1)));
        }
    }
}
