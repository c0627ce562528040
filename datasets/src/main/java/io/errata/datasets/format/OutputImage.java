package io.errata.datasets.format;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.ImageFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An image and the file it is written to.
 *
 * @param file its path below the folder of images, with {@code /} between folders
 * @param image the image, with the objects to be written
 */
public record OutputImage(String file, AnnotatedImage image) {

    private static final Set<String> FOLDERS_OF_IMAGES = Set.of("images", "jpegimages");

    /** The path without the image's ending. */
    public String stem() {
        return ImageFile.withoutEnding(file);
    }

    /** The objects to be written. */
    public List<GroundTruth> objects() {
        return image.objects();
    }

    /**
     * Gives every image a file. It keeps its name and the folders that distinguish images, such as those of patients; folders that all
     * share, and those called {@code images}, are dropped. No two have the same name but for the ending, in any case of letters.
     * What begins with a dot or holds characters that are not {@linkplain OutputText plain} gets {@code _} for them.
     *
     * @param flat whether folders are written into the name, {@code a/b.png} as {@code a_b.png}
     */
    static List<OutputImage> place(List<AnnotatedImage> images, boolean flat) {
        List<List<String>> paths =
                images.stream().map(image -> parts(image.name())).toList();
        int shared = sharedFolders(paths);
        Set<String> taken = new HashSet<>();
        List<OutputImage> placed = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            AnnotatedImage image = images.get(i);
            List<String> path = paths.get(i).subList(shared, paths.get(i).size());
            String stem = free(encodable(String.join(flat ? "_" : "/", path)), ending(image), taken);
            placed.add(new OutputImage(stem + ending(image), image));
        }
        return placed;
    }

    /** The ending of the image's file; empty where it has none that images have, {@code .png} for an image in memory. */
    static String ending(AnnotatedImage image) {
        if (image.source() instanceof ImageFile file) {
            String name = FileTree.fileName(file.path());
            return name.substring(ImageFile.withoutEnding(name).length());
        }
        return ".png";
    }

    private static List<String> parts(String name) {
        String[] all = name.replace('\\', '/').split("/");
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            boolean last = i == all.length - 1;
            String part = OutputText.plain(last ? ImageFile.withoutEnding(all[i]) : all[i])
                    .strip();
            boolean empty = part.isEmpty() || part.equals(".") || part.equals("..");
            if (last) {
                parts.add(empty ? "image" : visible(part));
            } else if (!empty && !FOLDERS_OF_IMAGES.contains(part.toLowerCase(Locale.ROOT))) {
                parts.add(visible(part));
            }
        }
        return parts.isEmpty() ? List.of("image") : parts;
    }

    private static String visible(String part) {
        return part.startsWith(".") ? "_" + part.substring(1) : part;
    }

    private static int sharedFolders(List<List<String>> paths) {
        List<String> first = paths.get(0);
        int shared = first.size() - 1;
        for (List<String> path : paths) {
            int same = 0;
            while (same < Math.min(shared, path.size() - 1) && path.get(same).equals(first.get(same))) {
                same++;
            }
            shared = same;
        }
        return shared;
    }

    /** The name, or the nearest one that this machine's file names can be. */
    private static String encodable(String name) {
        try {
            return Path.of(name).toString().replace('\\', '/');
        } catch (InvalidPathException e) {
            return name.replaceAll("[^ -~]|[<>:\"|?*]", "_");
        }
    }

    /** A stem that no image has, neither as its stem nor as its whole name. */
    private static String free(String stem, String ending, Set<String> taken) {
        String free = stem;
        for (int number = 2; !areFree(free, ending, taken); number++) {
            free = stem + "-" + number;
        }
        taken.add(free.toLowerCase(Locale.ROOT));
        taken.add((free + ending).toLowerCase(Locale.ROOT));
        return free;
    }

    private static boolean areFree(String stem, String ending, Set<String> taken) {
        return !taken.contains(stem.toLowerCase(Locale.ROOT))
                && !taken.contains((stem + ending).toLowerCase(Locale.ROOT));
    }
}
