package io.errata.detection.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code errata evaluate}: measures a detector on annotated images. */
@Command(name = "evaluate", description = "Measures a detector on annotated images.")
@SuppressWarnings("NullAway.Init") // picocli sets the required ones
final class EvaluateCommand implements Callable<Integer> {

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

    @Override
    public Integer call() {
        Places places = new Places();
        Path folder = places.model("MODEL", model);
        places.verify();
        EngineEnvironment.prepare(0);
        return evaluate(folder, data, json);
    }

    // wired when the loop lands
    private static int evaluate(Path model, String spec, boolean json) {
        throw new UnsupportedOperationException(
                "evaluating " + model + " on " + spec + (json ? " as JSON" : "") + " is not wired yet");
    }
}
