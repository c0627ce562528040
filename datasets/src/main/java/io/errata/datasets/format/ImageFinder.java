package io.errata.datasets.format;

import io.errata.datasets.format.FolderListings.Likeness;
import io.errata.datasets.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the picture of an annotation file. It is looked for in {@code JPEGImages}, {@code images} and the folder that the annotation names,
 * then beside the annotation, then in other folders, all of them siblings of the annotation's folder, or of one above it and then in the
 * same subfolder ({@code Annotations/day1} and {@code JPEGImages/day1}). Folders that hold masks by their names are not looked into, and
 * beside the set's own folder only {@code JPEGImages} and {@code images} are, at last. The name that the annotation says comes before its
 * own; but if the picture of that name has an annotation of its own, it was copied from there. Every folder is listed once.
 */
final class ImageFinder {

    private static final int MAX_LAST_PARTS = 4;
    private static final List<String> PICTURES = List.of("JPEGImages", "images");
    private static final Pattern MASKS = Pattern.compile(
            "(?i)segmentation.*|(.*[-_ ])?masks?|(.*[-_ ])?labels?|gt|ground-?_?truth|instances?|semantic.*|seg");

    private final FolderListings listings = new FolderListings();
    private final Map<Path, List<Path>> siblings = new HashMap<>();
    private final Map<Path, List<List<Path>>> pictures = new HashMap<>();
    private final Map<Path, List<List<Path>>> others = new HashMap<>();
    private final Path root;

    /** What an annotation says of its picture: the parts of the path that it gives, and its folder; empty where it says nothing. */
    record Said(List<String> parts, String folder) {

        static Said nothing() {
            return new Said(List.of(), "");
        }

        static Said of(String fileName, String folder) {
            List<String> parts = new ArrayList<>();
            for (String part : fileName.replace('\\', '/').split("/")) {
                if (part.equals("..")) {
                    parts.clear();
                } else if (!part.isEmpty() && !part.equals(".")) {
                    parts.add(part);
                }
            }
            String slashed = folder.replace('\\', '/');
            return new Said(List.copyOf(parts), slashed.substring(slashed.lastIndexOf('/') + 1));
        }

        /** The last part of the path. */
        String fileName() {
            return parts.isEmpty() ? "" : parts.get(parts.size() - 1);
        }
    }

    /** Finds the pictures of annotations in this folder and those below it. */
    ImageFinder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The picture; none where there is none, and several where nothing tells which of them it is. */
    List<Path> find(Path annotation, String stem, Said said) {
        Path folder = FileTree.folderOf(annotation.toAbsolutePath().normalize());
        List<List<Path>> groups = new ArrayList<>(pictures.computeIfAbsent(folder, this::pictureFolders));
        groups.addAll(namedFolders(folder, said.folder));
        groups.add(List.of(folder));
        groups.addAll(others.computeIfAbsent(folder, this::otherFolders));
        List<Path> bySaid = find(groups, said.parts);
        if (bySaid.size() > 1 || (bySaid.size() == 1 && !hasOwnAnnotation(folder, bySaid.get(0), stem))) {
            return bySaid;
        }
        List<Path> byStem = find(groups, List.of(stem));
        return byStem.isEmpty() ? bySaid : byStem;
    }

    private boolean hasOwnAnnotation(Path folder, Path picture, String stem) {
        String own = ImageFile.withoutEnding(FileTree.fileName(picture));
        return !Likeness.CASE.key(own).equals(Likeness.CASE.key(ImageFile.withoutEnding(stem)))
                && !listings.named(folder, own + ".xml", Likeness.CASE).isEmpty();
    }

    private List<Path> find(List<List<Path>> groups, List<String> parts) {
        for (Likeness likeness : Likeness.values()) {
            for (int i = Math.max(0, parts.size() - MAX_LAST_PARTS); i < parts.size(); i++) {
                List<String> last = parts.subList(i, parts.size());
                for (List<Path> group : groups) {
                    List<Path> found = find(group, last, likeness);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
        }
        return List.of();
    }

    private List<Path> find(List<Path> group, List<String> parts, Likeness likeness) {
        List<Path> found = new ArrayList<>();
        for (Path folder : group) {
            List<Path> named = listings.files(folder, parts, likeness, false).stream()
                    .filter(file -> ImageFile.isImageName(FileTree.fileName(file)))
                    .toList();
            boolean ending = ImageFile.isImageName(parts.get(parts.size() - 1));
            found.addAll(named.isEmpty() && !ending ? listings.files(folder, parts, likeness, true) : named);
        }
        return found.size() > 1 ? FolderListings.different(found) : found;
    }

    /** The folders of pictures, the nearest first. */
    private List<List<Path>> pictureFolders(Path folder) {
        return PICTURES.stream()
                .flatMap(name -> withThoseAbove(folder).stream().map(above -> siblings(above, folder, name)))
                .toList();
    }

    private List<List<Path>> namedFolders(Path folder, String name) {
        List<List<Path>> groups = new ArrayList<>();
        if (!name.isEmpty() && !name.startsWith(".")) {
            withThoseAbove(folder).forEach(above -> groups.add(siblings(above, folder, name)));
        }
        return groups;
    }

    private List<List<Path>> otherFolders(Path folder) {
        List<List<Path>> groups = new ArrayList<>();
        for (Path above : withThoseAbove(folder)) {
            groups.add(siblings(above).stream()
                    .filter(sibling ->
                            !MASKS.matcher(FileTree.fileName(sibling)).matches())
                    .map(sibling -> sibling.resolve(above.relativize(folder)))
                    .toList());
        }
        if (folder.startsWith(root)) {
            PICTURES.forEach(name -> groups.add(siblings(root, folder, name)));
        }
        return groups;
    }

    /** A folder below the set's own and those above it, the nearest first. */
    private List<Path> withThoseAbove(Path folder) {
        return Stream.iterate(folder, FileTree::folderOf)
                .takeWhile(above -> above.startsWith(root) && !above.equals(root))
                .toList();
    }

    /** In the siblings of this name that a folder has, the subfolder that the folder itself has there. */
    private List<Path> siblings(Path above, Path folder, String name) {
        return siblings(above).stream()
                .filter(sibling -> FileTree.fileName(sibling).equalsIgnoreCase(name))
                .map(sibling -> sibling.resolve(above.relativize(folder)))
                .toList();
    }

    private List<Path> siblings(Path folder) {
        return siblings.computeIfAbsent(folder, ImageFinder::listSiblings);
    }

    private static List<Path> listSiblings(Path folder) {
        try (Stream<Path> paths = Files.list(FileTree.folderOf(folder))) {
            return paths.filter(path -> !FileTree.fileName(path).startsWith("."))
                    .filter(path -> !path.equals(folder) && Files.isDirectory(path))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // what lies in it is then reported as missing
        }
    }
}
