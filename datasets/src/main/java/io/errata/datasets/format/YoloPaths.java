package io.errata.datasets.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds what a YOLO file or one of its lists names: as it stands, with {@code \} for {@code /}, or without its first folders, which were
 * those of another machine ({@code /content/data/images/a.jpg}, {@code data/obj_train_data/a.jpg}, {@code ../train/images}).
 */
final class YoloPaths {

    private YoloPaths() {}

    /** The file or folder below {@code root} that is meant; empty where there is none. */
    static Optional<Path> find(Path root, String name) {
        FileTree tree = new FileTree(root);
        Optional<Path> exact = tree.resolve(name).filter(Files::exists);
        if (exact.isPresent()) {
            return exact;
        }
        String slashed = name.replace('\\', '/');
        return tree.resolve(slashed).filter(Files::exists).or(() -> withoutFirstFolders(tree, slashed));
    }

    private static Optional<Path> withoutFirstFolders(FileTree tree, String name) {
        String rest = name;
        while (rest.contains("/")) {
            rest = rest.substring(rest.indexOf('/') + 1);
            Optional<Path> found = rest.startsWith("../")
                    ? Optional.empty()
                    : tree.resolve(rest).filter(Files::exists);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
