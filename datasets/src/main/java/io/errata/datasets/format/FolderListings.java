package io.errata.datasets.format;

import io.errata.datasets.image.ImageFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What lies in folders, each of which is listed once and only when it is asked for, found also under names that are spelt otherwise. Hidden
 * files and folders are not seen. Not safe to use from several threads.
 */
final class FolderListings {

    private static final int MAX_BRANCHES = 16;

    private final Map<Path, Map<String, List<String>>> namesByKey = new HashMap<>();

    /** What may differ between a name and the file that it means; each allows also what those before it allow. */
    enum Likeness {
        /** Nothing. */
        EXACT,

        /** Escapes with percent signs, such as {@code %20} for a space. */
        ESCAPES,

        /** How letters with accents are put together (Unicode's NFC and NFD). */
        UNICODE,

        /** The case of letters. */
        CASE;

        /** What names have in common that are alike. */
        String key(String name) {
            String key = this == EXACT ? name : unescaped(name);
            key = compareTo(UNICODE) < 0 ? key : Normalizer.normalize(key, Normalizer.Form.NFC);
            return this == CASE ? key.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : key;
        }

        /** The name without escapes; the name itself where a percent sign of it begins none. */
        static String unescaped(String name) {
            if (name.indexOf('%') < 0) {
                return name;
            }
            try {
                return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return name;
            }
        }
    }

    /**
     * Files below a folder at paths that are like this one, in the order of their names; of very many the first.
     *
     * @param parts of the path, of which none leads upwards
     * @param ending whether the last part lacks the ending of an image
     */
    List<Path> files(Path folder, Collection<String> parts, Likeness likeness, boolean ending) {
        List<Path> reached = List.of(folder);
        int left = parts.size();
        for (String part : parts) {
            left--;
            boolean stem = left == 0 && ending;
            reached = reached.stream()
                    .flatMap(at -> (stem ? withEnding(at, part, likeness) : named(at, part, likeness)).stream())
                    .limit(MAX_BRANCHES)
                    .toList();
            if (reached.isEmpty()) {
                return reached;
            }
        }
        return reached.stream().filter(Files::isRegularFile).toList();
    }

    /** Files without those that are another one under a second path. */
    static List<Path> different(Collection<Path> files) {
        List<Path> different = new ArrayList<>();
        for (Path file : files) {
            if (different.stream().noneMatch(other -> isSame(file, other))) {
                different.add(file);
            }
        }
        return different;
    }

    private static boolean isSame(Path file, Path other) {
        try {
            return Files.isSameFile(file, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** Files and folders in a folder whose names are like this one, in the order of their names; none in a folder that cannot be listed. */
    List<Path> named(Path folder, String name, Likeness likeness) {
        String key = likeness.key(name);
        return candidates(folder, name)
                .filter(other -> likeness.key(other).equals(key))
                .map(folder::resolve)
                .toList();
    }

    /** The same for images whose names without their ending are like this one. */
    private List<Path> withEnding(Path folder, String stem, Likeness likeness) {
        String key = likeness.key(stem);
        return candidates(folder, stem)
                .filter(ImageFile::isImageName)
                .filter(other -> likeness.key(ImageFile.withoutEnding(other)).equals(key))
                .map(folder::resolve)
                .toList();
    }

    private Stream<String> candidates(Path folder, String name) {
        return namesByKey
                .computeIfAbsent(folder, FolderListings::list)
                .getOrDefault(Likeness.CASE.key(name), List.of())
                .stream();
    }

    /** All names by what is alike in them, those of images also without their endings. */
    private static Map<String, List<String>> list(Path folder) {
        Map<String, List<String>> names = new HashMap<>();
        try (Stream<Path> paths = Files.list(folder.toString().isEmpty() ? Path.of(".") : folder)) {
            paths.map(FileTree::fileName)
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .forEach(name -> {
                        add(names, name, name);
                        if (ImageFile.isImageName(name)) {
                            add(names, ImageFile.withoutEnding(name), name);
                        }
                    });
        } catch (IOException e) {
            return Map.of(); // what lies in it is then reported as missing
        }
        return names;
    }

    private static void add(Map<String, List<String>> names, String alike, String name) {
        names.computeIfAbsent(Likeness.CASE.key(alike), key -> new ArrayList<>(1))
                .add(name);
    }
}
