package io.errata.detection.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.Pixels;
import io.errata.detection.Detection;
import io.errata.detection.Detector;
import io.errata.detection.config.DeviceSetting;
import io.errata.detection.drawing.DetectionDrawing;
import io.errata.detection.network.EngineEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code errata detect}: finds objects on images. */
@Command(name = "detect", description = "Finds objects on images.")
@SuppressWarnings("NullAway.Init") // picocli sets the required ones
final class DetectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A run's folder, or its model folder.")
    private Path model;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "Image files.")
    private List<Path> images;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write each image with its detections drawn onto it to DIR, as a PNG of the same name.")
    private @Nullable Path out;

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            defaultValue = "0.5",
            description = "Show detections of at least this score. Default: ${DEFAULT-VALUE}.")
    private double threshold;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu or gpu:N. Default: ${DEFAULT-VALUE}.")
    private String device;

    @Option(names = "--json", description = "Print one JSON document to stdout.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Path folder = checked();
        EngineEnvironment.prepare(0);
        List<DetectedImage> found = new ArrayList<>();
        try (Detector detector =
                Detector.load(folder, DeviceSetting.parse(device).onThisMachine())) {
            for (Path image : images) {
                Pixels pixels = new ImageFile(image).read();
                List<Detection> detections = detector.detect(pixels).stream()
                        .filter(detection -> detection.score() >= threshold)
                        .toList();
                found.add(DetectedImage.of(image.toString(), pixels.width(), pixels.height(), detections));
                if (out != null) {
                    Pixels drawn = DetectionDrawing.of(detector.classes()).draw(pixels, detections);
                    Files.createDirectories(out);
                    ImageFile.write(drawn, drawing(out, image));
                }
            }
        }
        PrintWriter stdout = spec.commandLine().getOut();
        if (json) {
            stdout.println(new ObjectMapper().writeValueAsString(found));
        } else {
            found.forEach(image -> print(image, stdout));
        }
        return 0;
    }

    /** Checks every argument; returns the model's folder. */
    private Path checked() {
        Places places = new Places();
        Path folder = places.model("MODEL", model);
        images.forEach(image -> places.file("IMAGE", image));
        if (out != null) {
            places.folderToWrite("--out", out);
            checkDrawings(out, places);
        }
        places.verify();
        return folder;
    }

    /** No drawing may replace an image or another drawing. */
    private void checkDrawings(Path folder, Places places) {
        Map<Path, Path> drawn = new HashMap<>();
        for (Path image : images) {
            Path target = drawing(folder, image).toAbsolutePath().normalize();
            Path other = drawn.putIfAbsent(target, image);
            if (other != null) {
                places.add("--out", image, "name-clash", "would be drawn to the same file as " + other);
            }
            if (images.stream()
                    .anyMatch(source -> source.toAbsolutePath().normalize().equals(target))) {
                places.add("--out", image, "name-clash", "would be replaced by a drawing; name another folder");
            }
        }
    }

    private static Path drawing(Path folder, Path image) {
        return folder.resolve(Places.stem(image) + ".png");
    }

    private static void print(DetectedImage image, PrintWriter stdout) {
        for (DetectedImage.Found found : image.detections()) {
            List<Double> box = found.box();
            stdout.println(String.format(
                    Locale.ROOT,
                    "%s\t%s\t%.3f\t%.1f\t%.1f\t%.1f\t%.1f",
                    image.image(),
                    found.label(),
                    found.score(),
                    box.get(0),
                    box.get(1),
                    box.get(2),
                    box.get(3)));
        }
    }
}
