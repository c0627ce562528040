package io.errata.cli;

import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.validation.LeakCheck;
import io.errata.detection.detector.Detector;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.mining.config.RunConfig;
import io.errata.mining.run.MiningRun;
import io.errata.mining.run.RunFolder;
import io.errata.mining.run.RunImages;
import io.errata.mining.run.RunListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code errata train}: trains a detector in rounds of mining. */
@Command(
        name = "train",
        description = "Trains a detector in rounds of hard-negative mining.",
        customSynopsis = {
            "errata train CONFIG [--set key=value]... [--out RUN] [--skip-bad]",
            "       errata train --resume RUN"
        })
final class TrainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "CONFIG", description = "The configuration, in YAML.")
    private @Nullable Path configuration;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Override a setting, such as mining.rounds=5 or data.train=voc:DIR:trainval.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "RUN",
            description = "The run's folder, absent or empty. Default: runs/ and the configuration's name.")
    private @Nullable Path out;

    @Option(names = "--skip-bad", description = "Leave out images that cannot be used: run.skip_bad=true.")
    private boolean skipBad;

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with a run that was interrupted.")
    private @Nullable Path resumed;

    @Override
    public Integer call() {
        if (resumed != null) {
            return resume(resumed);
        }
        if (configuration == null) {
            throw new ParameterException(spec.commandLine(), "CONFIG is missing, or --resume RUN");
        }
        return start(configuration);
    }

    private int start(Path configuration) {
        List<String> overrides = new ArrayList<>(sets);
        if (skipBad) {
            overrides.add("run.skip_bad=true");
        }
        Path run = out == null ? InputChecks.freeRun(Path.of("runs"), InputChecks.stem(configuration)) : out;
        InputChecks checks = new InputChecks();
        checks.freshRun("--out", run);
        Prepared prepared = prepared(checks, () -> RunConfig.load(configuration, overrides));
        return run(
                run,
                prepared,
                listener -> prepared.mining.withListener(listener).train(run));
    }

    private int resume(Path run) {
        if (configuration != null || out != null || skipBad || !sets.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--resume goes on with the run's own configuration and takes no other argument");
        }
        Path own = run.resolve("config.yaml");
        InputChecks checks = new InputChecks();
        if (!checks.file("--resume", own)) {
            checks.verify();
        }
        checks.folderToWrite("--resume", run);
        checks.verify();
        RunFolder.requireResumable(run);
        Prepared prepared = prepared(checks, () -> RunConfig.loadWritten(own));
        return run(
                run,
                prepared,
                listener -> prepared.mining.withListener(listener).resume(run));
    }

    /** The run that a configuration describes, after everything has been checked that can be before it begins. */
    private Prepared prepared(InputChecks checks, Supplier<RunConfig> source) {
        RunConfig config = checks.check(source).orElse(null);
        if (config == null) {
            checks.verify();
            throw new IllegalStateException("a configuration that cannot be read must have a problem");
        }
        Optional<RunImages> images = checks.check(() -> RunImages.read(config));
        EngineEnvironment.prepare(config.run().threads());
        checks.device("run.device", config.run()::device);
        checks.verify();
        RunImages read = images.orElseThrow();
        Messages.leftOut(read.skipped(), spec.commandLine().getErr());
        return new Prepared(
                MiningRun.of(config, read), read.validation(), LeakCheck.between(read.train(), read.validation()));
    }

    private int run(Path run, Prepared prepared, Function<RunListener, Detector> work) {
        PrintWriter err = spec.commandLine().getErr();
        RunFolder folder = new RunFolder(run);
        Continuation continuation = new Continuation(folder.config(), "errata train --resume", run);
        return continuation.around(
                () -> {
                    try (TerminalProgress progress =
                                    new TerminalProgress(spec.commandLine().getOut(), err, folder, prepared.leaks);
                            Detector trained = work.apply(progress)) {
                        ValidationPictures.write(trained, prepared.validation, folder.pictures());
                        return 0;
                    }
                },
                err);
    }

    /** A run ready to begin, the images that it validates on, and which of them it trains on too. */
    private record Prepared(MiningRun mining, Dataset validation, List<Problem> leaks) {}
}
