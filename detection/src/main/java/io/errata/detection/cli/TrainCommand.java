package io.errata.detection.cli;

import io.errata.detection.Detector;
import io.errata.detection.config.RunConfig;
import io.errata.detection.rounds.RunFolder;
import io.errata.detection.rounds.RunListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        RunConfig config = RunConfig.load(configuration, overrides);
        Path run = out == null ? Places.freeRun(Path.of("runs"), Places.stem(configuration)) : out;
        Places places = new Places();
        places.freshFolder("--out", run);
        places.verify();
        return train(config, run);
    }

    private int resume(Path run) {
        if (configuration != null || out != null || skipBad || !sets.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--resume goes on with the run's own configuration and takes no other argument");
        }
        Places places = new Places();
        places.file("--resume", run.resolve("config.yaml"));
        places.folderToWrite("--resume", run);
        places.verify();
        RunConfig config = RunConfig.load(run.resolve("config.yaml"), List.of());
        return goOn(config, run);
    }

    private int train(RunConfig config, Path run) {
        try (Detector trained =
                RunData.read(config).run(config).withListener(told(run)).train(run)) {
            return 0;
        }
    }

    private int goOn(RunConfig config, Path run) {
        try (Detector trained =
                RunData.read(config).run(config).withListener(told(run)).resume(run)) {
            return 0;
        }
    }

    private RunListener told(Path run) {
        return new TerminalProgress(spec.commandLine().getOut(), new RunFolder(run));
    }
}
