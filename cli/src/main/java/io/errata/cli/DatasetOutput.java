package io.errata.cli;

import io.errata.core.problem.Printable;
import io.errata.datasets.Dataset;
import io.errata.datasets.format.AnnotationFormat;
import io.errata.datasets.format.DatasetWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The folder that a data set is written to, and what is told of it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DatasetOutput {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write, absent or empty.")
    private Path out;

    /** Notes what is wrong with the folder. */
    void check(InputChecks checks) {
        checks.freshFolder("--out", out);
    }

    /** Writes the data set and tells on stdout how to read it. */
    void write(Dataset dataset, AnnotationFormat format, boolean link) {
        PrintWriter err = spec.commandLine().getErr();
        DatasetWriter writer = DatasetWriter.of(format);
        DatasetWriter.Written written;
        try (Progress progress = new Progress("images", dataset.images().size(), err)) {
            written = (link ? writer.withSymbolicLinks() : writer)
                    .withListener(progress::step)
                    .write(dataset, out);
        }
        tell(written, format);
    }

    private void tell(DatasetWriter.Written written, AnnotationFormat format) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,d images with %,d objects, as %s%n",
                written.images(),
                written.objects(),
                Printable.of(written.spec().toString()));
        if (written.leftOut() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d objects to be ignored are left out, as %s has no flag for them: where they are is background now%n",
                    written.leftOut(),
                    format.name());
        }
        if (written.reflagged() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d objects to be ignored are marked %s now, the only flag that %s has%n",
                    written.reflagged(),
                    format.writer().orElseThrow().flagName(),
                    format.name());
        }
    }
}
