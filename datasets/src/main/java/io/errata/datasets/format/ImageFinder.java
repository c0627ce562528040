package io.errata.datasets.format;

import io.errata.datasets.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the picture of an annotation file by name: beside it, else in a sibling folder ({@code JPEGImages} and {@code images}
 * before others). Beside the set's own folder only those two are looked into. Every folder is listed once.
 */
final class ImageFinder {

    private static final int OTHER = 2;

    private final Map<Path, Map<String, Path>> pictures = new HashMap<>();
    private final Map<Path, List<Path>> siblings = new HashMap<>();
    private final Path root;

    /** Finds the pictures of annotations in this folder and those below it. */
    ImageFinder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * @param annotation the annotation file
     * @param name the picture's file name, with or without its ending
     */
    Optional<Path> find(Path annotation, String name) {
        Path folder = FileTree.folderOf(annotation.toAbsolutePath().normalize());
        Path beside = pictures(folder).get(name);
        if (beside != null) {
            return Optional.of(beside);
        }
        for (Path sibling : siblings.computeIfAbsent(folder, this::siblings)) {
            Path found = pictures(sibling).get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private Map<String, Path> pictures(Path folder) {
        return pictures.computeIfAbsent(folder, ImageFinder::listPictures);
    }

    private static Map<String, Path> listPictures(Path folder) {
        Map<String, Path> byName = new HashMap<>();
        for (Path file : list(folder, path -> ImageFile.isImageName(FileTree.fileName(path)))) {
            String name = FileTree.fileName(file);
            byName.put(name, file);
            byName.putIfAbsent(ImageFile.withoutEnding(name), file);
        }
        return byName;
    }

    private List<Path> siblings(Path folder) {
        return list(FileTree.folderOf(folder), path -> Files.isDirectory(path) && !path.equals(folder)).stream()
                .filter(sibling -> !folder.equals(root) || rank(sibling) < OTHER)
                .sorted(Comparator.comparingInt(ImageFinder::rank))
                .toList();
    }

    private static int rank(Path folder) {
        String name = FileTree.fileName(folder);
        return name.equals("JPEGImages") ? 0 : name.equalsIgnoreCase("images") ? 1 : OTHER;
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> !FileTree.fileName(path).startsWith("."))
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // what lies in it is then reported as missing
        }
    }
}
