package io.errata.detection.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Writes files and folders aside and renames them when they are whole. */
public final class SafeFiles {

    private SafeFiles() {}

    /**
     * Replaces a file's text.
     *
     * @throws IOException that names the file, also where the disk is full
     */
    public static void replace(Path file, String text) throws IOException {
        Path aside = aside(file, "new");
        naming(file, () -> {
            Files.write(aside, text.getBytes(StandardCharsets.UTF_8));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /**
     * Adds text to the end of a file, which is made where there is none.
     *
     * @throws IOException that names the file, also where the disk is full
     */
    public static void append(Path file, String text) throws IOException {
        naming(file, () -> Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** Of a full disk Java says only that it is full, and not what could not be written. */
    private static void naming(Path file, Writing writing) throws IOException {
        try {
            writing.run();
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Replaces a folder by what is written into the one that is handed over. Killed between the two renames, the old folder is left
     * beside as {@code .NAME.old}, where {@link #current} finds it; the next replacement puts it back first.
     *
     * @throws IOException that names the folder, also where the disk is full
     */
    public static void replaceFolder(Path folder, FolderWriter writer) throws IOException {
        Path fresh = aside(folder, "new");
        Path old = aside(folder, "old");
        if (Files.exists(old) && !Files.exists(folder)) {
            Files.move(old, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        delete(fresh);
        delete(old);
        Files.createDirectories(fresh);
        naming(folder, () -> writer.write(fresh));
        if (Files.exists(folder)) {
            Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        delete(old);
    }

    /** Where a replaced folder is to be read: itself, or the old one where a process was killed between the two renames. */
    public static Path current(Path folder) {
        Path old = aside(folder, "old");
        return !Files.exists(folder) && Files.exists(old) ? old : folder;
    }

    /** Removes a file, or a folder with all that is in it; nothing happens where there is none. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) {
                Files.delete(one);
            }
        }
    }

    private static Path aside(Path path, String ending) {
        return path.resolveSibling("." + Objects.requireNonNull(path.getFileName()) + "." + ending);
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    /** Fills a new, empty folder. */
    @FunctionalInterface
    public interface FolderWriter {
        void write(Path folder) throws IOException;
    }
}
