package io.errata.datasets.format;

import io.errata.datasets.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which label file belongs to which image. Labels lie where {@code images} is replaced by {@code labels}, or beside the image, and have
 * the image's name with {@code .txt} for its ending. Where there is no such file, one that other tools write will do: behind the whole
 * name ({@code a.jpg.txt}), with URL escapes ({@code my%20photo.txt}), in other capitals or another Unicode form. Every folder is listed
 * once.
 */
final class YoloLabels {

    private static final String ENDING = ".txt";

    /** Lists of classes, which lie among the labels. */
    private static final Set<String> NO_LABELS =
            Set.of("classes.txt", "labels.txt", "train.txt", "val.txt", "test.txt");

    private final FileTree dataset;
    private final Set<Path> exact = new HashSet<>();
    private final Map<Path, Path> labels = new LinkedHashMap<>();
    private final Map<Path, List<Path>> ambiguous = new LinkedHashMap<>();
    private final Map<Path, List<Path>> claims = new LinkedHashMap<>();
    private final Map<Path, Folder> folders = new HashMap<>();

    /** The label files of a folder, by their names and by what remains of a name that tools write in different ways. */
    private record Folder(Map<String, Path> byName, Map<String, List<Path>> byKey) {}

    private YoloLabels(FileTree dataset) {
        this.dataset = dataset;
    }

    /**
     * Finds the labels of these images.
     *
     * @param dataset the folder of the data set; one called {@code images} above it stays
     */
    static YoloLabels of(FileTree dataset, Collection<Path> images) {
        YoloLabels labels = new YoloLabels(dataset);
        images.forEach(image -> labels.exact.add(labels.place(image)));
        images.forEach(image -> labels.exact.add(beside(image)));
        images.forEach(labels::match);
        return labels;
    }

    /** The image's label file; empty where it has none. */
    Optional<Path> of(Path image) {
        return Optional.ofNullable(labels.get(image));
    }

    /** Whether any image has a label file. */
    boolean any() {
        return !claims.isEmpty() || !ambiguous.isEmpty();
    }

    /** Several files that could be the image's label, where none has its exact name. */
    List<Path> candidates(Path image) {
        return ambiguous.getOrDefault(image, List.of());
    }

    /** The label files that several images have, each with its images. */
    Map<Path, List<Path>> shared() {
        Map<Path, List<Path>> shared = new LinkedHashMap<>(claims);
        shared.values().removeIf(images -> images.size() == 1);
        return shared;
    }

    /** The label behind the image's whole name, where there is one but another counts. */
    Optional<Path> passedOver(Path image) {
        Path label = labels.get(image);
        Path whole =
                label == null ? null : folder(FileTree.folderOf(label)).byName.get(FileTree.fileName(image) + ENDING);
        return Optional.ofNullable(whole).filter(other -> !other.equals(label) && !exact.contains(other));
    }

    /** Where the label should be. */
    Path place(Path image) {
        return labelsOf(dataset, image);
    }

    /** Label files that no image has, neither of those given nor of any other that lies where they do. */
    List<Path> withoutImage() {
        Set<Path> imageFolders = new LinkedHashSet<>();
        labels.keySet().forEach(image -> imageFolders.add(FileTree.folderOf(image)));
        Set<String> keys = new HashSet<>();
        for (Path folder : imageFolders) {
            for (Path image : list(folder)) {
                String name = FileTree.fileName(image);
                if (ImageFile.isImageName(name)) {
                    keys.add(FolderListings.Likeness.CASE.key(name));
                    keys.add(FolderListings.Likeness.CASE.key(ImageFile.withoutEnding(name)));
                }
            }
        }
        List<Path> without = new ArrayList<>();
        Set<Path> claimed = new HashSet<>(claims.keySet());
        ambiguous.values().forEach(claimed::addAll);
        for (Map.Entry<Path, Folder> folder : folders.entrySet()) {
            boolean ofLabels =
                    Stream.of(dataset.nameOf(folder.getKey()).split("/")).anyMatch("labels"::equals);
            folder.getValue().byName.forEach((name, file) -> {
                boolean list = NO_LABELS.contains(name.toLowerCase(Locale.ROOT));
                if (ofLabels
                        && !list
                        && !claimed.contains(file)
                        && !keys.contains(FolderListings.Likeness.CASE.key(stem(name)))) {
                    without.add(file);
                }
            });
        }
        without.sort(null);
        return without;
    }

    /** Where the labels of an image are, by the folder nearest to it, below the data set, that is called "images". */
    static Path labelsOf(FileTree dataset, Path image) {
        Path root = dataset.root().normalize();
        Path folder = FileTree.folderOf(image.normalize());
        int from = folder.startsWith(root) ? root.getNameCount() : 0;
        from = root.toString().isEmpty() ? 0 : from;
        for (int i = folder.getNameCount() - 1; i >= from; i--) {
            if (folder.getName(i).toString().equals("images")) {
                Path images = ancestor(folder, folder.getNameCount() - 1 - i);
                return images.resolveSibling("labels")
                        .resolve(images.relativize(folder))
                        .resolve(labelName(image));
            }
        }
        return folder.resolve(labelName(image));
    }

    private static Path beside(Path image) {
        return FileTree.folderOf(image).resolve(labelName(image));
    }

    private static String labelName(Path image) {
        return ImageFile.withoutEnding(FileTree.fileName(image)) + ENDING;
    }

    private static Path ancestor(Path folder, int steps) {
        return steps == 0 ? folder : ancestor(FileTree.folderOf(folder), steps - 1);
    }

    private void match(Path image) {
        List<Path> found = matches(image, FileTree.folderOf(place(image)));
        if (found.isEmpty()) {
            found = matches(image, FileTree.folderOf(image));
        }
        if (found.size() > 1) {
            ambiguous.put(image, found);
        } else if (!found.isEmpty()) {
            labels.put(image, found.get(0));
            claims.computeIfAbsent(found.get(0), label -> new ArrayList<>()).add(image);
        }
    }

    private List<Path> matches(Path image, Path inFolder) {
        Folder folder = folder(inFolder);
        Path own = folder.byName.get(labelName(image));
        if (own != null) {
            return List.of(own);
        }
        String name = FileTree.fileName(image);
        Path whole = folder.byName.get(name + ENDING);
        if (whole != null && !exact.contains(whole)) {
            return List.of(whole);
        }
        Set<Path> variants = new LinkedHashSet<>();
        variants.addAll(
                folder.byKey.getOrDefault(FolderListings.Likeness.CASE.key(ImageFile.withoutEnding(name)), List.of()));
        variants.addAll(folder.byKey.getOrDefault(FolderListings.Likeness.CASE.key(name), List.of()));
        variants.removeIf(exact::contains);
        return List.copyOf(variants);
    }

    private Folder folder(Path path) {
        return folders.computeIfAbsent(path, YoloLabels::listed);
    }

    private static Folder listed(Path path) {
        Folder folder = new Folder(new HashMap<>(), new HashMap<>());
        for (Path file : list(path)) {
            String name = FileTree.fileName(file);
            if (name.regionMatches(true, name.length() - ENDING.length(), ENDING, 0, ENDING.length())) {
                folder.byName.put(name, file);
                folder.byKey
                        .computeIfAbsent(FolderListings.Likeness.CASE.key(stem(name)), key -> new ArrayList<>())
                        .add(file);
            }
        }
        return folder;
    }

    private static List<Path> list(Path folder) {
        Path readable = folder.toString().isEmpty() ? Path.of(".") : folder;
        try (Stream<Path> files = Files.list(readable)) {
            return files.map(file -> folder.resolve(FileTree.fileName(file)))
                    .filter(file -> !FileTree.fileName(file).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // what lies in it is then reported as missing
        }
    }

    private static String stem(String labelName) {
        return labelName.substring(0, labelName.length() - ENDING.length());
    }
}
