package io.errata.datasets.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder and what lies below it. Hidden files and folders (their names begin with a dot) are not seen.
 *
 * @param root the folder
 */
record FileTree(Path root) {

    /** All files below the folder whose names pass, in the order of their paths; symbolic links are followed. */
    List<Path> files(Predicate<String> name) throws IOException {
        try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return paths.filter(path -> !isHidden(path) && name.test(fileName(path)) && Files.isRegularFile(path))
                    .sorted(Comparator.comparing(this::nameOf))
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The path of a file relative to this folder, with {@code /}; the path as it stands where it lies elsewhere. */
    String nameOf(Path file) {
        Path folder = root.toAbsolutePath().normalize();
        Path whole = file.toAbsolutePath().normalize();
        Path shown = whole.startsWith(folder) ? folder.relativize(whole) : file.normalize();
        return shown.toString().replace('\\', '/');
    }

    /** The path that a file names, relative to this folder; empty where it can be no path. */
    Optional<Path> resolve(String name) {
        try {
            return name.isBlank() ? Optional.empty() : Optional.of(root.resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    /** The folder a file lies in. */
    static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private boolean isHidden(Path path) {
        for (Path part : root.relativize(path)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
