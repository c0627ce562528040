package io.errata.cli;

import io.errata.datasets.image.ImageFile;
import io.errata.detection.Detection;
import io.errata.detection.detector.Detector;
import io.errata.detection.drawing.DetectionDrawing;
import io.errata.detection.engine.DeviceSetting;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.files.Json;
import io.errata.detection.model.ModelFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DeviceOption device;

    @Option(names = "--json", description = "Print one JSON document to stdout.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        InputChecks checks = new InputChecks();
        EngineEnvironment.prepare(0);
        Optional<ModelFolder> folder = checks.model("MODEL", model);
        checkArguments(checks);
        Optional<DeviceSetting> where = device.checkedBy(checks);
        checks.verify();
        List<DetectedImage> found = new ArrayList<>();
        try (Detector detector =
                Detector.load(folder.orElseThrow().folder(), where.orElseThrow().onThisMachine())) {
            detectAll(detector, checks, found);
        }
        PrintWriter stdout = spec.commandLine().getOut();
        if (json) {
            stdout.println(Json.MAPPER.writeValueAsString(found));
        } else {
            found.forEach(image -> print(image, stdout));
        }
        return 0;
    }

    /** Looks at every image before anything is drawn, so that all faults are told together. */
    private void detectAll(Detector detector, InputChecks checks, List<DetectedImage> found) throws IOException {
        List<List<Detection>> all = new ArrayList<>();
        try (Progress progress =
                new Progress("images", images.size(), spec.commandLine().getErr())) {
            for (Path image : images) {
                checks.check(() -> new ImageFile(image).read()).ifPresent(pixels -> {
                    List<Detection> detections = detector.detect(pixels).stream()
                            .filter(detection -> detection.score() >= threshold)
                            .toList();
                    all.add(detections);
                    found.add(DetectedImage.of(image.toString(), pixels.width(), pixels.height(), detections));
                });
                progress.step();
            }
        }
        checks.verify();
        if (out != null) {
            draw(DetectionDrawing.of(detector.classes()), out, all);
        }
    }

    private void draw(DetectionDrawing drawing, Path folder, List<List<Detection>> all) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < all.size(); i++) {
            Path image = images.get(i);
            ImageFile.write(drawing.draw(new ImageFile(image).read(), all.get(i)), drawing(folder, image));
        }
    }

    private void checkArguments(InputChecks checks) {
        for (Path image : images) {
            if (checks.file("IMAGE", image)) {
                checks.check(() -> ImageFile.size(image));
            }
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            checks.addValue("--threshold", "must be a score from 0 to 1, found " + threshold);
        }
        if (out != null) {
            checks.folderToWrite("--out", out);
            checkDrawings(out, checks);
        }
    }

    /** No drawing may replace an image or another drawing. */
    private void checkDrawings(Path folder, InputChecks checks) {
        Map<Path, Path> drawn = new HashMap<>();
        for (Path image : images) {
            Path target = drawing(folder, image).toAbsolutePath().normalize();
            Path other = drawn.putIfAbsent(target, image);
            if (other != null) {
                checks.add("--out", image, "name-clash", "would be drawn to the same file as " + other);
            }
            if (images.stream()
                    .anyMatch(source -> source.toAbsolutePath().normalize().equals(target))) {
                checks.add("--out", image, "name-clash", "would be replaced by a drawing; name another folder");
            }
        }
    }

    private static Path drawing(Path folder, Path image) {
        return folder.resolve(InputChecks.stem(image) + ".png");
    }

    private void print(DetectedImage image, PrintWriter stdout) {
        if (image.detections().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("errata: nothing found on " + image.image() + " with a score of at least " + threshold);
        }
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
