package io.errata.cli;

import io.errata.datasets.Dataset;
import io.errata.datasets.format.AnnotationFormat;
import io.errata.datasets.format.DatasetSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code errata dataset generate}: draws a synthetic data set into files. */
@Command(
        name = "generate",
        description = "Draws a synthetic data set into files.",
        customSynopsis = "errata dataset generate NAME [--set key=value]... --out DIR [--format FORMAT]")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DatasetGenerateCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "What to draw: smear. Its settings may follow as in a SPEC: smear?images=20&seed=7.")
    private String name;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "A setting of it, such as images=20. Can be repeated.")
    private List<String> settings = List.of();

    @Mixin
    private DatasetOutput output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "coco",
            converter = FormatConverter.class,
            description = "${bundle:written-formats}. Default: ${DEFAULT-VALUE}.")
    private AnnotationFormat format;

    @Override
    public Integer call() {
        InputChecks checks = new InputChecks();
        output.check(checks);
        Optional<Dataset> dataset = checks.check(this::plan);
        checks.verify();
        output.write(dataset.orElseThrow(), format, false);
        return 0;
    }

    private Dataset plan() {
        String more = settings.isEmpty() ? "" : (name.contains("?") ? "&" : "?") + String.join("&", settings);
        return DatasetSpec.parse("synthetic:" + name + more).read().orThrow();
    }
}
