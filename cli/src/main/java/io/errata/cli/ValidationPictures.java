package io.errata.cli;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.image.DecodedImage;
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
    /** The longer side of a picture. */
    private static final int MOST_PIXELS = 2_000;

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
            Path file = folder.resolve(String.format(Locale.ROOT, "validation-%d.png", i + 1));
            try (DecodedImage image = chosen.get(i).source().decode()) {
                ImageFile.write(draw(drawing, image, found.get(i)), file);
            }
        }
    }

    /** Large images are drawn smaller. */
    private static Pixels draw(DetectionDrawing drawing, DecodedImage image, List<Detection> found) {
        double scale = Math.min(1, (double) MOST_PIXELS / Math.max(image.width(), image.height()));
        int width = (int) Math.max(1, Math.round(scale * image.width()));
        int height = (int) Math.max(1, Math.round(scale * image.height()));
        List<Detection> sure = found.stream()
                .filter(detection -> detection.score() >= THRESHOLD)
                .map(detection -> new Detection(
                        detection.label(),
                        detection.score(),
                        scaled(detection.box(), (double) width / image.width(), (double) height / image.height())))
                .toList();
        return drawing.draw(new Pixels(width, height, image.resized(width, height, 0)), sure);
    }

    private static Box scaled(Box box, double x, double y) {
        return new Box(x * box.x1(), y * box.y1(), x * box.x2(), y * box.y2());
    }
}
