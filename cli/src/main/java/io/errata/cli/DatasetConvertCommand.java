package io.errata.cli;

import io.errata.datasets.Reading;
import io.errata.datasets.format.AnnotationFormat;
import io.errata.datasets.format.DatasetSpec;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code errata dataset convert}: writes a data set in another format. */
@Command(
        name = "convert",
        description = "Writes a data set in another format, images and all.",
        customSynopsis = "errata dataset convert SPEC --to FORMAT --out DIR [--link] [--skip-bad]",
        footerHeading = "%nWhat formats cannot carry:%n",
        footer = "${bundle:losses}")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DatasetConvertCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SPEC",
            description = "The images: ${bundle:spec-forms}. With @LIST.txt at the end only those named there.")
    private String data;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "${bundle:written-formats}.")
    private AnnotationFormat format;

    @Mixin
    private DatasetOutput output;

    @Option(
            names = "--link",
            description = "Leave image files where they are, and make symbolic links to them. Default: copy them.")
    private boolean link;

    @Option(names = "--skip-bad", description = "Leave out annotations that cannot be used, and say so.")
    private boolean skipBad;

    @Override
    public Integer call() {
        InputChecks checks = new InputChecks();
        output.check(checks);
        Optional<Reading> reading = checks.check(this::read);
        checks.verify();
        output.write(reading.orElseThrow().dataset(), format, link);
        Messages.notes(reading.orElseThrow().notes(), spec.commandLine().getErr());
        return 0;
    }

    private Reading read() {
        Reading reading = DatasetSpec.parse(data).read();
        if (skipBad) {
            Messages.leftOut(reading.problems(), spec.commandLine().getErr());
            reading.validPart();
        } else {
            reading.orThrow();
        }
        return reading;
    }
}
