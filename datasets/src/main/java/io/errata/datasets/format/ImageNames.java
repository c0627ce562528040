package io.errata.datasets.format;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of the images wanted of a data set, from a list with one name a line: {@code a}, {@code a.jpg} and
 * {@code train/images/a.jpg} all name the image {@code train/images/a.jpg}. The ending of an image is optional, as is the folder.
 * Blank lines are skipped. Immutable.
 */
public final class ImageNames {

    private static final ImageNames ALL = new ImageNames(null, Map.of());

    private final @Nullable Path list;
    private final Map<String, Integer> lines;

    private ImageNames(@Nullable Path list, Map<String, Integer> lines) {
        this.list = list;
        this.lines = lines;
    }

    /** Every image is wanted. */
    public static ImageNames all() {
        return ALL;
    }

    /**
     * The images named in a file.
     *
     * @throws InvalidInputException if the list does not exist, is no UTF-8 text, is larger than 64 MiB, or names nothing
     */
    public static ImageNames readFrom(Path list) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        int number = 0;
        for (String line : TextFile.lines(list, Limits.defaults().maxBytes())) {
            number++;
            if (!line.isBlank()) {
                lines.putIfAbsent(keyOf(line.strip()), number);
            }
        }
        if (lines.isEmpty()) {
            throw new InvalidInputException(Problem.inFile(
                    list.toString(), "empty-dataset", "list of images must name at least one, found none"));
        }
        return new ImageNames(list, lines);
    }

    /** Whether an image of this name is wanted. */
    public boolean contains(String imageName) {
        String key = keyOf(imageName);
        return list == null || lines.containsKey(key) || lines.containsKey(baseOf(key));
    }

    /** The wanted images of a data set, and a problem for each name that is none of theirs. */
    public Reading keepIn(Dataset dataset) {
        Set<String> names = dataset.images().stream().map(AnnotatedImage::name).collect(Collectors.toSet());
        return new Reading(dataset.filter(image -> contains(image.name())), notAmong(names));
    }

    /** One problem for each listed name that is none of these images'. */
    List<Problem> notAmong(Set<String> imageNames) {
        Set<String> known = new HashSet<>();
        for (String name : imageNames) {
            known.add(keyOf(name));
            known.add(baseOf(keyOf(name)));
        }
        return lines.entrySet().stream()
                .filter(line -> !known.contains(line.getKey()))
                .map(line -> new Problem(
                        String.valueOf(list),
                        line.getValue(),
                        null,
                        "a listed image must be in the data set, found no " + line.getKey()
                                + "; correct or delete the line",
                        "unknown-image"))
                .toList();
    }

    private static String keyOf(String name) {
        String path = name.replace('\\', '/');
        return ImageFile.withoutEnding(path.startsWith("./") ? path.substring(2) : path);
    }

    private static String baseOf(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
