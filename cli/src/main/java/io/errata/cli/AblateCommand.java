package io.errata.cli;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import io.errata.datasets.format.DatasetSpec;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.mining.ablation.Ablation;
import io.errata.mining.ablation.AblationResult;
import io.errata.mining.ablation.Arm;
import io.errata.mining.ablation.ArmsFile;
import io.errata.mining.config.RunConfig;
import io.errata.mining.run.RunImages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code errata ablate}: compares settings at an equal number of gradient steps. */
@Command(
        name = "ablate",
        description = {
            "Trains a configuration in several arms at an equal number of gradient steps, and tells which arm helps.",
            "Called again with the same --out it goes on where it was interrupted."
        },
        customSynopsis =
                "errata ablate CONFIG [--set key=value]... [--arm \"key=value...\"]... [--arms FILE.yaml] [--seeds N] [--test SPEC] [--out DIR] [--skip-bad] [--json]")
@SuppressWarnings("NullAway.Init") // picocli sets the required ones
final class AblateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "What the arms have in common, in YAML.")
    private Path configuration;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Override a setting in all arms, such as data.train=voc:DIR:trainval.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--arm",
            paramLabel = "\"key=value...\"",
            description =
                    "An arm: what it overrides, nothing where it is empty. The first is the baseline. Default: mining.strategy random, ohem and rounds, each with loss.type bce, focal and ghm.")
    private List<String> arms = new ArrayList<>();

    @Option(
            names = "--arms",
            paramLabel = "FILE.yaml",
            description = "The arms in YAML, a list such as - {name: plain, set: {loss.type: bce}}.")
    private @Nullable Path armsFile;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Runs of each arm: run.seed as configured, +1, +2, ... Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(
            names = "--test",
            paramLabel = "SPEC",
            description =
                    "The images to measure on, which choose nothing. Default: the validation images, which flatter.")
    private @Nullable String test;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "For the runs, ablation.json and ablation.md; absent, empty or of this ablation. Default: runs/, the configuration's name and -ablation.")
    private @Nullable Path out;

    @Option(names = "--skip-bad", description = "Leave out images that cannot be used: run.skip_bad=true.")
    private boolean skipBad;

    @Option(names = "--json", description = "Print one JSON document to stdout.")
    private boolean json;

    @Override
    public Integer call() {
        if (armsFile != null && !arms.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--arm and --arms cannot be given together");
        }
        Path folder =
                out == null ? InputChecks.freeRun(Path.of("runs"), InputChecks.stem(configuration) + "-ablation") : out;
        Ablation ablation = prepared(folder);
        PrintWriter err = spec.commandLine().getErr();
        Continuation continuation = new Continuation(folder, "the same command and --out", folder);
        AblationResult result = continuation.around(
                () -> {
                    try (AblationProgress progress = new AblationProgress(err, folder)) {
                        return ablation.withListener(progress).run(folder);
                    }
                },
                err);
        PrintWriter printed = spec.commandLine().getOut();
        printed.println(json ? result.toJson() : result.toMarkdown().stripTrailing());
        return 0;
    }

    /** The ablation, after everything has been checked that can be before images are read. */
    private Ablation prepared(Path folder) {
        InputChecks checks = new InputChecks();
        checks.folderToWrite("--out", folder);
        if (seeds < 1 || seeds > 1000) {
            checks.addValue("--seeds", "must be in [1, 1000], found " + seeds);
        }
        Optional<RunConfig> loaded = checks.check(this::configured);
        Path named = armsFile;
        Optional<ArmsFile> file = named != null && checks.file("--arms", named)
                ? checks.check(() -> ArmsFile.read(named))
                : Optional.empty();
        checks.verify();
        return prepared(checks, loaded.orElseThrow(), file.orElse(null));
    }

    private Ablation prepared(InputChecks checks, RunConfig config, @Nullable ArmsFile file) {
        EngineEnvironment.prepare(config.run().threads());
        Optional<List<Arm>> chosen = checks.check(() -> arms(file, config));
        Optional<Ablation> ablation = chosen.flatMap(all -> checks.check(() -> Ablation.of(config, all, this::images)));
        if (ablation.isPresent()) {
            chosen.orElseThrow()
                    .forEach(arm -> checks.device("run.device", arm.on(config).run()::device));
        }
        String measured = test;
        Optional<Dataset> testImages = measured == null
                ? Optional.empty()
                : checks.check(() -> config.data()
                        .mapping()
                        .apply(testImages(measured, config.run().skipBad())));
        checks.verify();
        Ablation seeded = ablation.orElseThrow().withSeeds(seeds);
        return measured == null ? seeded : seeded.withTest(measured, testImages.orElseThrow());
    }

    private RunConfig configured() {
        List<String> overrides = new ArrayList<>(sets);
        if (skipBad) {
            overrides.add("run.skip_bad=true");
        }
        return RunConfig.load(configuration, overrides);
    }

    private List<Arm> arms(@Nullable ArmsFile file, RunConfig config) {
        if (file != null) {
            return file.arms(config);
        }
        return arms.isEmpty() ? Arm.grid() : arms.stream().map(Arm::parse).toList();
    }

    private RunImages images(RunConfig config) {
        RunImages images = RunImages.read(config);
        Messages.leftOut(images.skipped(), spec.commandLine().getErr());
        Messages.notes(images.notes(), spec.commandLine().getErr());
        return images;
    }

    /** The test images, each read once, so that a fault is told now and not after an hour of training. */
    private Dataset testImages(String named, boolean skip) {
        Reading reading = DatasetSpec.parse(named).readForMetrics();
        Messages.notes(reading.notes(), spec.commandLine().getErr());
        List<Problem> problems = new ArrayList<>(reading.problems());
        Dataset whole = reading.dataset().filter(image -> {
            try {
                image.source().decode().close();
                return true;
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
                return false;
            }
        });
        if (!skip) {
            return new Reading(whole, problems).orThrow();
        }
        Messages.leftOut(problems, spec.commandLine().getErr());
        return new Reading(whole, problems).validPart();
    }
}
