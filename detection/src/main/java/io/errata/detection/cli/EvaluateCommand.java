package io.errata.detection.cli;

import io.errata.datasets.Dataset;
import io.errata.datasets.format.DatasetSpec;
import io.errata.detection.Detector;
import io.errata.detection.config.DeviceSetting;
import io.errata.detection.evaluation.Evaluation;
import io.errata.detection.network.EngineEnvironment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code errata evaluate}: measures a detector on annotated images. */
@Command(name = "evaluate", description = "Measures a detector on annotated images.")
@SuppressWarnings("NullAway.Init") // picocli sets the required ones
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A run's folder, or its model folder.")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "SPEC",
            description =
                    "The images: voc:DIR[:SPLIT], coco:FILE.json[:IMAGES], yolo:DATA.yaml[:SPLIT], dlib:FILE.xml, "
                            + "csv:FILE.csv[:IMAGES] or synthetic:NAME, with @LIST.txt at the end only those named there.")
    private String data;

    @Option(names = "--json", description = "Print one JSON document to stdout.")
    private boolean json;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu or gpu:N. Default: ${DEFAULT-VALUE}.")
    private String device;

    @Override
    public Integer call() {
        Places places = new Places();
        Path folder = places.model("MODEL", model);
        places.verify();
        DeviceSetting where = DeviceSetting.parse(device);
        Dataset images = DatasetSpec.parse(data).read().orThrow();
        EngineEnvironment.prepare(0);
        try (Detector detector = Detector.load(folder, where.onThisMachine())) {
            Evaluation evaluation = detector.evaluate(images.withClasses(detector.classes()));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(evaluation.toJson().toPrettyString());
            } else {
                print(evaluation, out);
            }
        }
        return 0;
    }

    private static void print(Evaluation evaluation, PrintWriter out) {
        out.printf(Locale.ROOT, "%-24s %8s %8s %10s %14s%n", "class", "AP50", "AP", "miss rate", "ground truths");
        evaluation
                .perClass()
                .forEach((label, ofClass) -> out.printf(
                        Locale.ROOT,
                        "%-24s %8.3f %8.3f %10.3f %14d%n",
                        label,
                        ofClass.ap50(),
                        ofClass.ap(),
                        ofClass.lamr(),
                        ofClass.groundTruths()));
        out.printf(
                Locale.ROOT,
                "%-24s %8.3f %8.3f %10.3f   on %d images%n",
                "mean",
                evaluation.ap50(),
                evaluation.ap(),
                evaluation.lamr(),
                evaluation.images());
    }
}
