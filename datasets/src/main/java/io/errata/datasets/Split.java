package io.errata.datasets;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a fraction of a data set's images out, chosen by a hash of the seed and each name: the order of the images does not matter,
 * and an image more or less hardly changes where the others go. Immutable.
 */
public final class Split {

    private final double fraction;
    private final long seed;
    private final @Nullable Pattern group;

    /**
     * The two sides, each in the order of the whole and with all its classes.
     *
     * @param training at least one image
     * @param heldOut at least one image
     */
    public record Sides(Dataset training, Dataset heldOut) {}

    private Split(double fraction, long seed, @Nullable Pattern group) {
        this.fraction = fraction;
        this.seed = seed;
        this.group = group;
    }

    /**
     * Holds out this fraction, with seed 0 and every image by itself.
     *
     * @throws InvalidInputException unless {@code 0 < fraction < 1}
     */
    public static Split fraction(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw invalid("fraction to hold out must be > 0 and < 1, found " + fraction);
        }
        return new Split(fraction, 0, null);
    }

    /** The same with another seed, any number; every seed holds other images out. */
    public Split seed(long seed) {
        return new Split(fraction, seed, group);
    }

    /**
     * Keeps images together for which the regular expression's first group is the same, such as the frames of a video
     * ({@code (.+)_t_}) or the pictures of a patient ({@code patient(\d+)/}). It is looked for in the file name, or else in the whole
     * name with its folders. An image without a match is by itself.
     *
     * @throws InvalidInputException if it is no regular expression or has no group
     */
    public Split grouped(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            if (pattern.matcher("").groupCount() < 1) {
                throw invalid("group of a split must have a group in parentheses, found " + regex);
            }
            return new Split(fraction, seed, pattern);
        } catch (PatternSyntaxException e) {
            throw invalid("group of a split must be a regular expression, found " + regex + " (" + e.getDescription()
                    + " at " + e.getIndex() + ")");
        }
    }

    /**
     * Splits a data set. Whole groups are held out, in the order of their hashes, as long as each brings the number of images nearer
     * to the fraction; where none does, the smallest group is.
     *
     * @throws InvalidInputException if there are not two groups (or images) to part, or no name matches the group's expression
     */
    public Sides of(Dataset dataset) {
        Map<String, List<String>> groups = groups(dataset);
        if (groups.size() < 2) {
            throw invalid("a split must have at least 2 " + (group == null ? "images" : "groups") + " to part, found "
                    + groups.size());
        }
        Set<String> heldOut = new HashSet<>();
        for (String name : heldOutGroups(groups, fraction * dataset.images().size())) {
            heldOut.addAll(groups.getOrDefault(name, List.of()));
        }
        return new Sides(
                dataset.keeping(image -> !heldOut.contains(image.name())),
                dataset.keeping(image -> heldOut.contains(image.name())));
    }

    private List<String> heldOutGroups(Map<String, List<String>> groups, double target) {
        List<String> order = groups.keySet().stream()
                .sorted(Comparator.comparingLong(this::hash).thenComparing(Comparator.naturalOrder()))
                .toList();
        List<String> chosen = new ArrayList<>();
        int count = 0;
        for (String name : order) {
            int size = groups.getOrDefault(name, List.of()).size();
            boolean nearer = Math.abs(count + size - target) < Math.abs(count - target);
            if (nearer && chosen.size() < groups.size() - 1) {
                chosen.add(name);
                count += size;
            }
        }
        return chosen.isEmpty() ? List.of(smallest(groups, order)) : chosen;
    }

    private static String smallest(Map<String, List<String>> groups, List<String> order) {
        return order.stream()
                .min(Comparator.comparingInt(
                        name -> groups.getOrDefault(name, List.of()).size()))
                .orElseThrow();
    }

    private long hash(String name) {
        return new SplittableRandom(seed ^ ((long) name.hashCode() << 32)).nextLong();
    }

    private Map<String, List<String>> groups(Dataset dataset) {
        Map<String, List<String>> groups = dataset.images().stream()
                .map(AnnotatedImage::name)
                .collect(Collectors.groupingBy(this::groupOf, TreeMap::new, Collectors.toList()));
        if (group != null && groups.keySet().stream().allMatch(name -> name.startsWith("/"))) {
            throw invalid("group of a split must be found in a name, found " + group + " in none of "
                    + dataset.images().size());
        }
        return groups;
    }

    /** The group's text, or {@code /} and the name for an image by itself: file names cannot begin so. */
    private String groupOf(String name) {
        if (group != null) {
            for (String text : List.of(name.substring(name.lastIndexOf('/') + 1), name)) {
                Matcher matcher = group.matcher(text);
                if (matcher.find() && matcher.group(1) != null) {
                    return "=" + matcher.group(1);
                }
            }
        }
        return "/" + name;
    }

    private static InvalidInputException invalid(String text) {
        return new InvalidInputException(Problem.of("bad-split", text));
    }
}
