package io.errata.datasets.format;

import io.errata.datasets.format.FolderListings.Likeness;
import io.errata.datasets.image.ImageFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders in which the images of one annotation file may lie, in the order in which they are looked into, and the file that a name
 * means. That is the file which the first folder has under exactly this name. Where there is none, the name is taken for one that another
 * machine or program spelt, and these differences are allowed one after the other, each together with those before: backslashes for
 * {@code /}, escapes with percent signs, Unicode's ways to write an accent, the case of letters; and then the same for images whose name
 * lacks its ending. Of a path of another machine ({@code C:\photos\a.jpg}) as many of the last parts count as there is a file for. Never
 * is there a guess between two files.
 *
 * <p>Not safe to use from several threads.
 */
final class ImageFolders {

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:/");
    private static final int MAX_LAST_PARTS = 8;

    private final List<FileTree> folders;
    private final FolderListings listings = new FolderListings();

    /**
     * @param folders at least one
     */
    ImageFolders(List<FileTree> folders) {
        this.folders = List.copyOf(folders);
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
     * The file that a name means or, where there is none, the one that the first folder would have.
     *
     * @param looking whether files are looked for; without, the first folder's is taken
     * @return empty where the name can be no path
     */
    Optional<NamedFile> find(String said, boolean looking) {
        return find(List.of(said), looking);
    }

    /**
     * The same for an image that may have several names.
     *
     * @param names the first is what the annotation says; of two that there are files for, the first counts
     */
    Optional<NamedFile> find(List<String> names, boolean looking) {
        String said = names.get(0);
        Optional<Path> missing = folders.stream()
                .flatMap(folder -> folder.resolve(said).stream())
                .findFirst();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        if (!looking) {
            return folders.get(0).resolve(slashed(said)).map(path -> NamedFile.of(said, path, said));
        }
        return exactly(said, names)
                .or(() -> alike(said, names, false))
                .or(() -> byLastParts(said))
                .or(() -> missing.map(path -> NamedFile.of(said, path, said)));
    }

    private Optional<NamedFile> exactly(String said, List<String> names) {
        for (String name : names) {
            for (FileTree folder : folders) {
                Optional<Path> file = folder.resolve(name).filter(Files::isRegularFile);
                if (file.isPresent()) {
                    boolean absolute = Path.of(name).isAbsolute();
                    String written = name.replace(File.separatorChar, '/');
                    return file.map(path -> NamedFile.of(said, path, absolute ? nameWithin(path, written) : written));
                }
            }
        }
        return Optional.empty();
    }

    /** The name of a file relative to the folder that it lies in, if it lies in one of them. */
    private String nameWithin(Path file, String otherwise) {
        return folders.stream()
                .map(folder -> folder.nameOf(file))
                .filter(name -> !Path.of(name).isAbsolute())
                .findFirst()
                .orElse(otherwise);
    }

    private Optional<NamedFile> alike(String said, List<String> names, boolean shortened) {
        List<String> slashed = names.stream().map(ImageFolders::slashed).toList();
        Optional<NamedFile> found = Stream.concat(
                        slashed.stream().map(this::atPath),
                        Stream.of(Likeness.ESCAPES, Likeness.UNICODE, Likeness.CASE)
                                .flatMap(likeness -> slashed.stream().map(name -> like(name, likeness, false))))
                .filter(files -> !files.isEmpty())
                .findFirst()
                .map(files -> named(said, files, shortened));
        if (found.isPresent() || ImageFile.isImageName(said)) {
            return found;
        }
        return Stream.of(Likeness.values())
                .flatMap(likeness -> slashed.stream().map(name -> like(name, likeness, true)))
                .filter(files -> !files.isEmpty())
                .findFirst()
                .map(files -> named(said, files, shortened));
    }

    /** Files by their names: the one that the first folder has at this path. */
    private Map<String, Path> atPath(String name) {
        for (FileTree folder : folders) {
            Optional<Path> file = folder.resolve(name).filter(Files::isRegularFile);
            if (file.isPresent()) {
                return Map.of(folder.nameOf(file.get()), file.get());
            }
        }
        return Map.of();
    }

    /**
     * Files by their names: those in any of the folders, but not outside, whose paths are like this one.
     *
     * @param ending whether the path lacks the ending of an image
     */
    private Map<String, Path> like(String path, Likeness likeness, boolean ending) {
        Map<String, Path> files = new LinkedHashMap<>();
        Deque<String> parts = parts(slashed(likeness == Likeness.EXACT ? path : Likeness.unescaped(path)));
        for (FileTree folder : parts.isEmpty() ? List.<FileTree>of() : folders) {
            listings.files(folder.root(), parts, likeness, ending)
                    .forEach(file -> files.putIfAbsent(folder.nameOf(file), file));
        }
        return files;
    }

    /** The parts of a path from its folder on; none where it leads out of the folder. */
    private static Deque<String> parts(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..") && parts.pollLast() == null) {
                return new ArrayDeque<>();
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.addLast(part);
            }
        }
        return path.startsWith("/") ? new ArrayDeque<>() : parts;
    }

    /** Of a path of another machine, the file for the most of its last parts. */
    private Optional<NamedFile> byLastParts(String said) {
        String slashed = slashed(said);
        if (!slashed.startsWith("/") && !DRIVE.matcher(slashed).lookingAt()) {
            return Optional.empty();
        }
        List<String> parts =
                Stream.of(slashed.split("/")).filter(part -> !part.isEmpty()).toList();
        for (int i = Math.max(0, parts.size() - MAX_LAST_PARTS); i < parts.size(); i++) {
            Optional<NamedFile> found = alike(said, List.of(String.join("/", parts.subList(i, parts.size()))), true);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static NamedFile named(String said, Map<String, Path> files, boolean shortened) {
        Map.Entry<String, Path> first = files.entrySet().iterator().next();
        List<Path> different = FolderListings.different(files.values());
        return new NamedFile(
                said, first.getValue(), first.getKey(), different.size() > 1 ? different : List.of(), shortened);
    }

    private static String slashed(String name) {
        return name.replace('\\', '/');
    }
}
