package io.errata.datasets.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders in which the images of one annotation file may lie, in the order in which they are looked into.
 *
 * @param folders at least one
 */
record ImageFolders(List<FileTree> folders) {

    ImageFolders {
        folders = List.copyOf(folders);
    }

    /** The folder that is named, or else the file's own, {@code images} beside the file and {@code images} one folder up. */
    static ImageFolders of(Path annotations, @Nullable Path named) {
        if (named != null) {
            return new ImageFolders(List.of(new FileTree(named)));
        }
        Path beside = FileTree.folderOf(annotations);
        return new ImageFolders(List.of(
                new FileTree(beside),
                new FileTree(beside.resolve("images")),
                new FileTree(FileTree.folderOf(beside).resolve("images"))));
    }

    /**
     * The file that a name means, which the first folder has or, where none has it, the first folder would have.
     *
     * @param looking whether files are looked for; without, the first folder's is taken
     * @return empty where the name can be no path
     */
    Optional<Path> find(String name, boolean looking) {
        List<Path> paths = folders.stream()
                .flatMap(folder -> folder.resolve(name).stream())
                .toList();
        Optional<Path> found =
                looking ? paths.stream().filter(Files::isRegularFile).findFirst() : Optional.empty();
        return found.or(() -> paths.stream().findFirst());
    }
}
