package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Fills a folder aside and renames it when it is whole. */
final class AtomicFolder {

    private AtomicFolder() {}

    /** Writes files into a new, empty folder. */
    @FunctionalInterface
    interface Filling {
        void fill(Path fresh) throws IOException;
    }

    /**
     * Fills a folder; where that fails, nothing is left of it.
     *
     * @param folder absent or empty; missing folders above it are made
     * @throws InvalidInputException if it is neither ({@code folder-in-use})
     * @throws IOException that names the folder or a file in it
     */
    static void fill(Path folder, Filling filling) throws IOException {
        Path whole = Files.exists(folder)
                ? folder.toRealPath()
                : folder.toAbsolutePath().normalize();
        verifyFree(folder, whole);
        Path parent = FileTree.folderOf(whole);
        Files.createDirectories(parent);
        Path fresh = parent.resolve("." + FileTree.fileName(whole) + "." + UUID.randomUUID());
        try {
            Files.createDirectory(fresh);
            filling.fill(fresh);
            Files.deleteIfExists(whole);
            Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) { // of a full disk Java says only that it is full
            throw new IOException(folder + ": " + e.getMessage(), e);
        } finally {
            delete(fresh);
        }
    }

    private static void verifyFree(Path folder, Path whole) throws IOException {
        boolean free = !Files.exists(whole);
        if (Files.isDirectory(whole)) {
            try (Stream<Path> content = Files.list(whole)) {
                free = content.findAny().isEmpty();
            }
        }
        if (!free || whole.getFileName() == null) {
            throw new InvalidInputException(Problem.inFile(
                    folder.toString(),
                    "folder-in-use",
                    "folder must be absent or empty, found " + (Files.isDirectory(whole) ? "files in it" : "a file")
                            + "; name another one"));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
