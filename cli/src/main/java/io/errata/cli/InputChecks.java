package io.errata.cli;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.engine.DeviceSetting;
import io.errata.detection.model.ModelFolder;
import io.errata.mining.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Checks the files and folders that arguments name, collecting what is wrong with them. */
final class InputChecks {

    private final List<Problem> problems = new ArrayList<>();

    /** A file to read; tells whether it is one. */
    boolean file(String argument, Path path) {
        int before = problems.size();
        if (!Files.exists(path)) {
            add(argument, path, "missing-file", "there is no such file");
        } else if (Files.isDirectory(path)) {
            add(argument, path, "not-a-file", "must be a file, found a folder; name the files in it");
        } else if (!Files.isRegularFile(path)) {
            add(
                    argument,
                    path,
                    "not-a-file",
                    "must be a file, found a pipe or a device; copy what it gives into a file");
        } else if (!Files.isReadable(path)) {
            add(argument, path, "unreadable-file", "cannot be read; check its permissions");
        }
        return problems.size() == before;
    }

    /** A run's folder or the model's folder in it; its description, or empty where there is a problem. */
    Optional<ModelFolder> model(String argument, Path path) {
        Path inRun = path.resolve("model");
        if (!Files.exists(path)) {
            add(argument, path, "missing-model", "there is no such run or model folder");
        } else if (!Files.isDirectory(path)) {
            add(argument, path, "not-a-model", "must be a run's folder or its model folder, found a file");
        } else if (Files.isRegularFile(path.resolve("config.yaml")) && !Files.isDirectory(inRun)) {
            add(argument, path, "missing-model", "this run has no model yet; train it first, or go on with --resume");
        } else {
            return check(() -> ModelFolder.read(path));
        }
        return Optional.empty();
    }

    /** A device that is here; only the name of a GPU needs the engine to tell. */
    Optional<DeviceSetting> device(String argument, Supplier<DeviceSetting> named) {
        int before = problems.size();
        Optional<DeviceSetting> device = check(() -> {
            DeviceSetting setting = named.get();
            if (setting instanceof DeviceSetting.Gpu) {
                setting.onThisMachine();
            }
            return setting;
        });
        problems.subList(before, problems.size())
                .replaceAll(problem -> new Problem(null, null, argument, problem.problem(), problem.kind()));
        return device;
    }

    /** A folder to be filled: it is absent or empty, and can be written. */
    void freshFolder(String argument, Path path) {
        freshFolder(argument, path, folder -> {
            try (Stream<Path> content = Files.list(folder)) {
                return content.findAny().isEmpty();
            }
        });
    }

    /** The same for a run, which may begin where another was killed at its very beginning. */
    void freshRun(String argument, Path path) {
        freshFolder(argument, path, RunFolder::isFresh);
    }

    private void freshFolder(String argument, Path path, Look isFresh) {
        folderToWrite(argument, path);
        try {
            if (Files.isDirectory(path) && !isFresh.at(path)) {
                add(argument, path, "folder-in-use", "must be absent or empty, found files in it; name another one");
            }
        } catch (IOException e) {
            add(argument, path, "unreadable-folder", "cannot be read: " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Look {
        boolean at(Path folder) throws IOException;
    }

    /** A folder that is there or can be made, and can be written. */
    void folderToWrite(String argument, Path path) {
        Path existing = path.toAbsolutePath().normalize();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            add(argument, path, "not-a-folder", "must be a folder, but " + existing + " is a file");
        } else if (!Files.isWritable(existing)) {
            add(argument, path, "unwritable-folder", "must be writable, but " + existing + " is not");
        }
    }

    /** The result of a check, or empty where it found problems, which are noted. */
    <T> Optional<T> check(Supplier<T> check) {
        try {
            return Optional.of(check.get());
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /** Notes that an argument's value breaks a rule. */
    void addValue(String argument, String problem) {
        problems.add(new Problem(null, null, argument, problem, "bad-value"));
    }

    /** Notes something else that is wrong. */
    void add(String argument, Path path, String kind, String problem) {
        problems.add(new Problem(path.toString(), null, argument, problem, kind));
    }

    /** Notes problems that were found elsewhere. */
    void addAll(List<Problem> found) {
        problems.addAll(found);
    }

    /** Whether anything was wrong. */
    boolean foundProblems() {
        return !problems.isEmpty();
    }

    /** Everything that was wrong. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** @throws InvalidInputException with everything that was wrong, if anything was */
    void verify() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** {@code runs/NAME}, or the first of {@code runs/NAME-2}, {@code runs/NAME-3} and so on that is not there. */
    static Path freeRun(Path runs, String name) {
        Path run = runs.resolve(name);
        for (int number = 2; Files.exists(run); number++) {
            run = runs.resolve(name + "-" + number);
        }
        return run;
    }

    /** A path's last name without its ending. */
    static String stem(Path path) {
        String name =
                Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("");
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
