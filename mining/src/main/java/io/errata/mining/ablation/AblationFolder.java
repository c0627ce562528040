package io.errata.mining.ablation;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.files.FolderLock;
import io.errata.detection.files.Json;
import io.errata.detection.files.SafeFiles;
import io.errata.mining.config.RunConfig;
import io.errata.mining.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where an ablation keeps its runs and its result.
 *
 * @param root the ablation's folder
 */
record AblationFolder(Path root) {

    /** The folder of a run, whether it is there or not. */
    RunFolder run(Arm arm, long seed) {
        return new RunFolder(root.resolve(arm.name()).resolve("seed-" + seed));
    }

    /** A run's folder as the result names it. */
    String relative(RunFolder run) {
        return root.relativize(run.root()).toString().replace('\\', '/');
    }

    private Path json() {
        return root.resolve("ablation.json");
    }

    void write(AblationResult result) throws IOException {
        SafeFiles.replace(json(), result.toJson() + "\n");
    }

    void writeTable(AblationResult result) throws IOException {
        SafeFiles.replace(root.resolve("ablation.md"), result.toMarkdown());
    }

    /** Whether a run has nothing left to train. A summary that cannot be read is made again by going on with the run. */
    static boolean isFinished(RunFolder run) {
        try {
            return Files.exists(run.summary()) && run.readSummary().status().equals("finished");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Keeps other processes from this ablation, and makes its folder where there is none.
     *
     * @throws InvalidInputException if another one works on it
     */
    FolderLock lock() throws IOException {
        return FolderLock.of(root, "ablation");
    }

    /**
     * Refuses a folder in which there is anything that this ablation would not have made.
     *
     * @throws InvalidInputException with everything that differs
     */
    void requireOwn(PreparedArms ready, List<Long> seeds) {
        List<Arm> arms = ready.all().stream().map(PreparedArms.PreparedArm::arm).toList();
        List<Problem> problems =
                new ArrayList<>(Files.exists(json()) ? differences(arms, ready.sha256()) : strangers(arms));
        for (PreparedArms.PreparedArm one : ready.all()) {
            for (long seed : seeds) {
                problems.addAll(differences(run(one.arm(), seed), one.withSeed(seed)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** Without a result yet there can be runs of the arms that were begun, and nothing else. */
    private List<Problem> strangers(List<Arm> arms) {
        if (!Files.exists(root)) {
            return List.of();
        }
        Set<String> own = Stream.concat(arms.stream().map(Arm::name), Stream.of(".ablation.json.new", FolderLock.FILE))
                .collect(Collectors.toSet());
        try (Stream<Path> entries = Files.list(root)) {
            boolean any =
                    entries.map(path -> String.valueOf(path.getFileName())).anyMatch(name -> !own.contains(name));
            return any
                    ? problem(root, "folder-in-use", "must be absent, empty or this ablation's; name another folder")
                    : List.of();
        } catch (IOException e) {
            return problem(root, "folder-in-use", "must be a folder that can be read, found none");
        }
    }

    private List<Problem> differences(List<Arm> arms, String dataSha256) {
        AblationResult before;
        try {
            before = Json.MAPPER.readValue(json().toFile(), AblationResult.class);
        } catch (IOException e) {
            return problem(json(), "not-an-ablation", "must be an ablation's result, found something else");
        }
        List<Arm> armsBefore = before.arms().stream().map(ArmResult::arm).toList();
        if (!armsBefore.equals(arms)) {
            return problem(
                    json(),
                    "arms-changed",
                    "an ablation can go on only with the arms it was begun with, " + described(armsBefore) + ", found "
                            + described(arms) + "; name another folder");
        }
        return before.dataSha256().equals(dataSha256)
                ? List.of()
                : problem(
                        json(),
                        "data-changed",
                        "an ablation can go on only on the images it was begun with; images or annotations have changed");
    }

    private static String described(List<Arm> arms) {
        return arms.stream().map(arm -> arm.name() + " " + arm.sets()).collect(Collectors.joining(", "));
    }

    private static List<Problem> differences(RunFolder run, RunConfig config) {
        if (!Files.exists(run.config())) {
            return List.of();
        }
        try {
            RunConfig before = RunConfig.loadWritten(run.config());
            return before.equals(config)
                    ? List.of()
                    : problem(
                            run.config(),
                            "settings-changed",
                            "a run can go on only with the settings it was begun with, "
                                    + before.firstDifference(config) + "; name another folder");
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }

    private static List<Problem> problem(Path file, String kind, String problem) {
        return List.of(Problem.inFile(file.toString(), kind, problem));
    }
}
