package io.errata.cli;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.format.DatasetSpec;
import io.errata.detection.Detection;
import io.errata.detection.detector.Detector;
import io.errata.detection.engine.DeviceSetting;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.evaluation.VocMetrics;
import io.errata.detection.model.ModelFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code errata evaluate}: measures a detector, or detections of any other one, on annotated images. */
@Command(
        name = "evaluate",
        description = "Measures a detector, or detections in a file, on annotated images.",
        customSynopsis = {
            "errata evaluate MODEL --data SPEC [--metric coco|voc07|voc10] [--iou IOU] [--device DEVICE] [--skip-bad] [--json]",
            "       errata evaluate --detections COCO-RESULTS.json --data SPEC [--metric coco|voc07|voc10] [--iou IOU] [--skip-bad] [--json]"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the required ones
final class EvaluateCommand implements Callable<Integer> {

    /** What is measured besides COCO's metrics, which always are. */
    enum Metric {
        COCO,
        VOC07,
        VOC10
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = "A run's folder, or its model folder.")
    private @Nullable Path model;

    @Option(
            names = "--detections",
            paramLabel = "COCO-RESULTS.json",
            description =
                    "Measure these instead of a model's. Then --data is coco:FILE.json, whose ids they name; no image is opened.")
    private @Nullable Path detections;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "SPEC",
            description = "The images: ${bundle:spec-forms}. With @LIST.txt at the end only those named there.")
    private String data;

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            defaultValue = "coco",
            description = "coco; voc07 or voc10 add VOC's mean average precision. Default: ${DEFAULT-VALUE}.")
    private Metric metric;

    @Option(
            names = "--iou",
            paramLabel = "IOU",
            defaultValue = "0.5",
            description = "The least IoU of a true positive in VOC's metrics. Default: ${DEFAULT-VALUE}.")
    private double iou;

    @Option(names = "--skip-bad", description = "Leave out annotations that cannot be used, and say so.")
    private boolean skipBad;

    @Option(names = "--json", description = "Print one JSON document to stdout.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DeviceOption device;

    @Override
    public Integer call() {
        InputChecks checks = new InputChecks();
        if (!(iou > 0 && iou <= 1)) {
            checks.addValue("--iou", "must be > 0 and at most 1, found " + iou);
        }
        EvaluationReport report = measure(checks);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.toJson().toPrettyString());
        } else {
            report.print(out);
        }
        return 0;
    }

    private EvaluationReport measure(InputChecks checks) {
        if (model != null && detections == null) {
            return ofModel(checks, model);
        }
        if (model == null && detections != null) {
            return ofDetections(checks, detections);
        }
        throw new ParameterException(spec.commandLine(), "exactly one of MODEL and --detections must be given");
    }

    private EvaluationReport ofDetections(InputChecks checks, Path file) {
        checks.file("--detections", file);
        Optional<CocoDetections> read = checks.check(this::truth);
        checks.verify();
        CocoDetections truth = read.orElseThrow();
        return EvaluationReport.of(truth.dataset(), truth.read(file), voc());
    }

    private EvaluationReport ofModel(InputChecks checks, Path path) {
        EngineEnvironment.prepare(0);
        Optional<ModelFolder> folder = checks.model("MODEL", path);
        Optional<Dataset> images = checks.check(this::images);
        Optional<DeviceSetting> where = device.checkedBy(checks);
        if (folder.isPresent() && images.isPresent()) {
            compareClasses(images.get(), folder.get().classes(), checks);
        }
        checks.verify();
        try (Detector detector =
                Detector.load(folder.orElseThrow().folder(), where.orElseThrow().onThisMachine())) {
            Dataset truth = images.orElseThrow().withClasses(detector.classes());
            return EvaluationReport.of(truth, detect(detector, truth), voc());
        }
    }

    private CocoDetections truth() {
        DatasetSpec truth = DatasetSpec.parse(data);
        return CocoDetections.of(truth.cocoIds(), usable(truth.readAnnotations()));
    }

    private Dataset images() {
        return usable(DatasetSpec.parse(data).readForMetrics());
    }

    private Dataset usable(Reading reading) {
        PrintWriter err = spec.commandLine().getErr();
        if (!skipBad) {
            reading.orThrow();
        }
        Messages.leftOut(reading.problems(), err);
        Messages.notes(reading.notes(), err);
        return reading.validPart();
    }

    private List<List<Detection>> detect(Detector detector, Dataset truth) {
        PrintWriter err = spec.commandLine().getErr();
        try (Progress progress = new Progress("images", truth.images().size(), err)) {
            CheckedImages checked = new CheckedImages(truth.images(), progress);
            List<List<Detection>> found = detector.detectAll(checked.images());
            checked.verify();
            return found;
        }
    }

    /** Data with objects must have some that the model looks for; others are left out, which is said. */
    private void compareClasses(Dataset images, List<String> classes, InputChecks checks) {
        Set<String> unknown = images.images().stream()
                .map(AnnotatedImage::objects)
                .flatMap(List::stream)
                .map(GroundTruth::label)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean any = unknown.isEmpty() || unknown.removeAll(classes);
        if (!any) {
            checks.addValue(
                    "--data", "must have objects of the model's classes " + classes + ", found only " + unknown);
        } else if (!unknown.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("errata: left out, as the model does not know them: " + String.join(", ", unknown));
        }
    }

    private @Nullable VocMetrics voc() {
        return switch (metric) {
            case COCO -> null;
            case VOC07 -> VocMetrics.voc07().withIou(iou);
            case VOC10 -> VocMetrics.voc10().withIou(iou);
        };
    }
}
