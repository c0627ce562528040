package io.errata.cli;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Reading;
import io.errata.datasets.format.DatasetSpec;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.statistics.DatasetStatistics;
import io.errata.mining.config.DataSettings;
import io.errata.mining.config.RunConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code errata dataset stats}: counts and measures what is in a data set. */
@Command(
        name = "stats",
        description =
                "Counts and measures the objects of a data set, and the windows that Errata would look at. Annotations that cannot"
                        + " be used are left out and told on stderr.")
@SuppressWarnings("NullAway.Init") // picocli sets the required ones
final class DatasetStatsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "SPEC",
            description =
                    "${bundle:spec-forms}, with @LIST.txt at the end only the images named there. Several count as one set.")
    private List<String> sets;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Try a setting of windows or sampling, such as windows.scales_per_octave=3.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--picture", paramLabel = "FILE.png", description = "Draw charts into this file.")
    private @Nullable Path picture;

    @Option(names = "--json", description = "Print one JSON document to stdout.")
    private boolean json;

    @Option(
            names = "--windows-per-second",
            paramLabel = "N",
            defaultValue = "500000",
            description =
                    "How fast windows are scanned, as a run's summary.json says under scan, to tell how long it takes;"
                            + " default ${DEFAULT-VALUE}, about that of two cores without a GPU.")
    private double windowsPerSecond;

    @Override
    public Integer call() {
        // Charts are drawn into memory and no display is asked for, which Java must know before it first looks at an
        // image.
        System.setProperty("java.awt.headless", "true");
        InputChecks checks = new InputChecks();
        if (picture != null) {
            check(checks, picture);
        }
        if (!(windowsPerSecond > 0 && Double.isFinite(windowsPerSecond))) {
            checks.addValue("--windows-per-second", "must be > 0, found " + windowsPerSecond);
        }
        Optional<RunConfig> config = checks.check(this::config);
        Optional<Reading> reading = checks.check(this::read);
        checks.verify();
        DatasetReport report = DatasetReport.of(reading.orElseThrow(), config.orElseThrow(), windowsPerSecond);
        Messages.leftOut(reading.orElseThrow().problems(), spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.toJson().toPrettyString());
        } else {
            report.print(out);
        }
        if (picture != null) {
            draw(report.objects(), picture);
        }
        return 0;
    }

    private static void check(InputChecks checks, Path picture) {
        if (!picture.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            checks.addValue("--picture", "must end in .png, found " + picture);
        }
        if (Files.isDirectory(picture)) {
            checks.add("--picture", picture, "not-a-file", "must be a file, found a folder");
        }
        Path folder = picture.toAbsolutePath().getParent();
        if (folder != null) {
            checks.folderToWrite("--picture", folder);
        }
    }

    /** Settings that would change nothing here are refused. */
    private RunConfig config() {
        InputChecks checks = new InputChecks();
        for (String setting : settings) {
            if (!setting.startsWith("windows.") && !setting.startsWith("sampling.")) {
                checks.addValue("--set", "must be of windows or sampling, found " + setting);
            }
        }
        checks.verify();
        return RunConfig.of(DataSettings.of(sets.toArray(String[]::new))).with(settings.toArray(String[]::new));
    }

    /** @throws InvalidInputException with every SPEC that cannot be understood, or if no image is left */
    private Reading read() {
        InputChecks checks = new InputChecks();
        List<DatasetSpec> specs = sets.stream()
                .flatMap(text -> checks.check(() -> DatasetSpec.parse(text)).stream())
                .toList();
        checks.verify();
        Reading reading = DatasetSpec.readAll(specs);
        return new Reading(reading.validPart(), reading.problems(), reading.notes());
    }

    private static void draw(DatasetStatistics objects, Path picture) {
        ImageFile.write(DatasetCharts.of(objects).draw(), picture);
    }
}
