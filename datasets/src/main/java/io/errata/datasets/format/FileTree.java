package io.errata.datasets.format;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A folder and what lies below it. Hidden files and folders (their names begin with a dot) are not seen.
 *
 * @param root the folder
 */
record FileTree(Path root) {

    /**
     * All files below the folder whose names pass, in the order of their paths. Symbolic links are followed, but of a folder that one
     * leads to no further links to folders: a few folders full of links to each other would have no end.
     *
     * @param enters whether a folder that is a symbolic link is gone into
     */
    List<Path> files(Predicate<String> name, Predicate<Path> enters) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                        boolean skipped = !folder.equals(root)
                                && (isHidden(folder)
                                        || (Files.isSymbolicLink(folder)
                                                && (isLinked(folder) || !enters.test(folder))));
                        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && !isHidden(file) && name.test(fileName(file))) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException reason) throws IOException {
                        if (reason instanceof FileSystemLoopException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw reason;
                    }
                });
        files.sort(Comparator.comparing(this::nameOf));
        return files;
    }

    /** Whether a file lies in this folder, when all symbolic links are followed; one that is not there does not lead out. */
    boolean contains(Path file) {
        try {
            return file.toRealPath().startsWith(root.toRealPath());
        } catch (IOException e) {
            return !Files.exists(file);
        }
    }

    /** The path of a file relative to this folder, with {@code /}; the whole path where it lies elsewhere. */
    String nameOf(Path file) {
        Path folder = root.toAbsolutePath().normalize();
        Path whole = file.toAbsolutePath().normalize();
        Path shown = whole.startsWith(folder) ? folder.relativize(whole) : whole;
        return shown.toString().replace(File.separatorChar, '/');
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

    /** Whether a link led to this folder's parent. */
    private boolean isLinked(Path folder) {
        Path parent = folder.getParent();
        return parent != null && !parent.equals(root) && (Files.isSymbolicLink(parent) || isLinked(parent));
    }

    private static boolean isHidden(Path path) {
        return fileName(path).startsWith(".");
    }
}
