package io.errata.cli;

import io.errata.core.problem.Printable;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.ClassMapping;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
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
        refuseUseless(checks);
        EvaluationReport report = measure(checks);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.toJson().toPrettyString());
        } else {
            report.print(out);
        }
        return 0;
    }

    /** An option that would change nothing is more likely a mistake than meant so. */
    private void refuseUseless(InputChecks checks) {
        ParseResult given = spec.commandLine().getParseResult();
        if (metric == Metric.COCO && iou > 0 && iou <= 1 && given.hasMatchedOption("--iou")) {
            checks.addValue(
                    "--iou", "must stand with --metric voc07 or voc10, as COCO's metrics have their own, found " + iou);
        }
        if (detections != null && given.hasMatchedOption("--device")) {
            checks.addValue("--device", "must be left out with --detections, as no detector runs");
        }
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
        ClassMapping mapping =
                folder.map(found -> found.description().mapping()).orElse(ClassMapping.none());
        Optional<Dataset> images = checks.check(() -> mapping.apply(images()));
        Optional<DeviceSetting> where = device.checkedBy(checks);
        if (folder.isPresent() && images.isPresent()) {
            compareClasses(images.get(), folder.get().classes(), checks);
        }
        checks.verify();
        try (Detector detector =
                Detector.load(folder.orElseThrow().folder(), where.orElseThrow().onThisMachine())) {
            Dataset truth = images.orElseThrow().withClasses(detector.classes());
            return measure(detector, truth);
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

    /** Images that turn out bad when they are decoded are left out where the user said so. */
    private EvaluationReport measure(Detector detector, Dataset truth) {
        PrintWriter err = spec.commandLine().getErr();
        CheckedImages checked;
        List<List<Detection>> found;
        try (Progress progress = new Progress("images", truth.images().size(), err)) {
            checked = new CheckedImages(truth.images(), progress);
            found = detector.detectAll(checked.images());
        }
        if (!skipBad) {
            checked.verify();
        }
        Messages.leftOut(checked.problems(), err);
        List<List<Detection>> ofGood = IntStream.range(0, found.size())
                .filter(image -> checked.isGood(truth.images().get(image)))
                .mapToObj(found::get)
                .toList();
        Dataset good = new Reading(truth.filter(checked::isGood), checked.problems()).validPart();
        return EvaluationReport.of(good, ofGood, voc());
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
                    .println("errata: left out, as the model does not know them: "
                            + Printable.of(String.join(", ", unknown)));
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
