package io.errata.cli;

import io.errata.datasets.format.Limits;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.image.ImageFile;
import io.errata.detection.Detection;
import io.errata.detection.detector.Detector;
import io.errata.detection.drawing.DetectionDrawing;
import io.errata.detection.engine.DeviceSetting;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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

    private static final long MAX_MEGAPIXELS = Limits.PIXEL_LIMIT / 1_000_000;

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

    @Option(
            names = "--bits",
            paramLabel = "N",
            description =
                    "How many of their 16 bits images of 16 bits use, such as 12. Default: all, which is checked.")
    private @Nullable Integer bits;

    @Option(
            names = "--max-megapixels",
            paramLabel = "N",
            defaultValue = "200",
            description = "Take images of at most so many megapixels; a file that claims more is refused before it is"
                    + " decoded. Default: ${DEFAULT-VALUE}, at most " + MAX_MEGAPIXELS + ".")
    private long maxMegapixels;

    @Option(
            names = "--skip-bad",
            description = "Exit with 0 although some images cannot be used; they are told on stderr all the same.")
    private boolean skipBad;

    @Option(names = "--json", description = "Print one JSON document to stdout.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        InputChecks checks = new InputChecks();
        EngineEnvironment.prepare(0);
        Optional<ModelFolder> folder = checks.model("MODEL", model);
        InputChecks arguments = new InputChecks();
        boolean validBits = areBitsValid(arguments);
        List<InputImage> inputs = InputImage.look(images, 1_000_000 * maxMegapixels, validBits ? bits : null);
        checkArguments(arguments);
        Optional<DeviceSetting> where = device.checkedBy(arguments);
        if (checks.foundProblems() || arguments.foundProblems()) {
            inputs.forEach(input -> checks.addAll(input.problems()));
            checks.addAll(arguments.problems());
        }
        checks.verify();
        try (Detector detector =
                Detector.load(folder.orElseThrow().folder(), where.orElseThrow().onThisMachine())) {
            return detectAll(detector, inputs) || skipBad ? 0 : 2;
        }
    }

    /** Looks at one image after the other and tells at once what is on it; an image that cannot be used loses no other. */
    private boolean detectAll(Detector detector, List<InputImage> inputs) throws IOException {
        boolean allGood = true;
        DetectionDrawing drawing = DetectionDrawing.of(detector.classes());
        CommandLine command = spec.commandLine();
        try (DetectionOutput output = DetectionOutput.to(command.getOut(), command.getErr(), json, threshold);
                Progress progress = new Progress("images", inputs.size(), command.getErr())) {
            for (InputImage input : inputs) {
                Optional<DecodedImage> decoded = input.decode();
                progress.clear();
                if (decoded.isPresent()) {
                    DetectedImage detected = detect(detector, drawing, input, decoded.get());
                    progress.clear();
                    output.found(detected);
                } else {
                    allGood = false;
                    input.problems().forEach(command.getErr()::println);
                }
                progress.step();
            }
        }
        return allGood;
    }

    private DetectedImage detect(Detector detector, DetectionDrawing drawing, InputImage input, DecodedImage decoded) {
        try (decoded) {
            List<Detection> found = detector.detect(decoded).stream()
                    .filter(detection -> detection.score() >= threshold)
                    .toList();
            if (out != null) {
                ImageFile.write(drawing.draw(decoded.pixels(), found), drawing(out, input.path()));
            }
            return DetectedImage.of(input.path().toString(), decoded.width(), decoded.height(), found);
        }
    }

    private boolean areBitsValid(InputChecks checks) {
        boolean valid = bits == null || (bits >= ImageFile.FEWEST_BITS && bits <= ImageFile.ALL_BITS);
        if (!valid) {
            checks.addValue(
                    "--bits",
                    "must be from " + ImageFile.FEWEST_BITS + " to " + ImageFile.ALL_BITS + ", found " + bits);
        }
        return valid;
    }

    private void checkArguments(InputChecks checks) {
        if (!(threshold >= 0 && threshold <= 1)) {
            checks.addValue("--threshold", "must be a score from 0 to 1, found " + threshold);
        }
        if (maxMegapixels < 1 || maxMegapixels > MAX_MEGAPIXELS) {
            checks.addValue("--max-megapixels", "must be from 1 to " + MAX_MEGAPIXELS + ", found " + maxMegapixels);
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
}
