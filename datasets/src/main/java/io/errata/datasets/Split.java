package io.errata.datasets;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.image.EqualFiles;
import io.errata.datasets.image.ImageFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a fraction of a data set's images out, chosen by a hash of the seed and each name: the order of the images does not matter,
 * and, unless classes are balanced, an image more or less hardly changes where the others go. Immutable.
 */
public final class Split {

    private final double fraction;
    private final long seed;
    private final @Nullable Pattern group;
    private final boolean stratified;

    /**
     * The two sides, each in the order of the whole and with all its classes.
     *
     * @param training at least one image
     * @param heldOut at least one image
     * @param notes whether images of equal content were kept together, and recordings were not though names show some
     */
    public record Sides(Dataset training, Dataset heldOut, List<Note> notes) {

        public Sides {
            notes = List.copyOf(notes);
        }
    }

    private Split(double fraction, long seed, @Nullable Pattern group, boolean stratified) {
        this.fraction = fraction;
        this.seed = seed;
        this.group = group;
        this.stratified = stratified;
    }

    /**
     * Holds out this fraction, with seed 0 and every image by itself.
     *
     * @throws IllegalArgumentException unless {@code 0 < fraction < 1}
     */
    public static Split fraction(double fraction) {
        ArgumentChecks.check(fraction > 0 && fraction < 1, "fraction", "must be > 0 and < 1", fraction);
        return new Split(fraction, 0, null, false);
    }

    /** The same with another seed, any number; every seed holds other images out. */
    public Split seed(long seed) {
        return new Split(fraction, seed, group, stratified);
    }

    /**
     * Keeps images together for which the regular expression's first group is the same, such as the frames of a video
     * ({@code (.+)_t_}) or the pictures of a patient ({@code patient(\d+)/}). It is looked for in the file name, or else in the whole
     * name with its folders. An image without a match is by itself.
     *
     * @throws IllegalArgumentException if it is no regular expression ({@link java.util.regex.PatternSyntaxException}) or has no group
     */
    public Split grouped(String regex) {
        Pattern pattern = Pattern.compile(regex);
        ArgumentChecks.check(pattern.matcher("").groupCount() >= 1, "regex", "must have a group in parentheses", regex);
        return new Split(fraction, seed, pattern, stratified);
    }

    /**
     * Parts the objects of every class in the wanted proportion, as nearly as whole images or groups allow, instead of the images
     * alone: iterative stratification (Sechidis et al., ECML PKDD 2011). No class loses all its training objects where that can be
     * avoided. The order of the images still does not matter, but an image more or less may change where many others go.
     */
    public Split stratified() {
        return new Split(fraction, seed, group, true);
    }

    /**
     * Splits a data set. Image files of equal content stay on one side, or validation would measure what was learned. Unless
     * {@linkplain #stratified stratified}, whole groups are held out, in the order of their hashes, as long as each brings the number of
     * images nearer to the fraction; where none does, the smallest group is.
     *
     * @throws InvalidInputException if there are not two groups (or images) to part, or no name matches the group's expression
     */
    public Sides of(Dataset dataset) {
        List<List<String>> equal = equalImages(dataset);
        SortedMap<String, List<AnnotatedImage>> groups = together(groups(dataset), equal);
        if (groups.size() < 2) {
            throw invalid("a split must have at least 2 " + (group == null ? "images" : "groups") + " to part, found "
                    + groups.size() + (equal.isEmpty() ? "" : ", as images of equal content count as one"));
        }
        List<List<AnnotatedImage>> shuffled = groups.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> hash(entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
        Set<String> heldOut = (stratified ? heldOutByClass(shuffled, dataset.classes()) : heldOutByNumber(shuffled))
                .stream().flatMap(List::stream).map(AnnotatedImage::name).collect(Collectors.toSet());
        return new Sides(
                dataset.filter(image -> !heldOut.contains(image.name())),
                dataset.filter(image -> heldOut.contains(image.name())),
                notes(dataset, equal));
    }

    private List<List<AnnotatedImage>> heldOutByClass(List<List<AnnotatedImage>> groups, List<String> classes) {
        Map<String, Integer> indices = new HashMap<>();
        classes.forEach(label -> indices.putIfAbsent(label, indices.size()));
        List<Stratification.Unit> units = groups.stream()
                .map(images -> Stratification.Unit.of(images, indices))
                .toList();
        return Stratification.heldOut(units, indices.size(), fraction).stream()
                .mapToObj(groups::get)
                .toList();
    }

    private List<List<AnnotatedImage>> heldOutByNumber(List<List<AnnotatedImage>> groups) {
        double target = fraction * groups.stream().mapToInt(List::size).sum();
        List<List<AnnotatedImage>> chosen = new ArrayList<>();
        int count = 0;
        for (List<AnnotatedImage> images : groups) {
            boolean nearer = Math.abs(count + images.size() - target) < Math.abs(count - target);
            if (nearer && chosen.size() < groups.size() - 1) {
                chosen.add(images);
                count += images.size();
            }
        }
        return chosen.isEmpty() ? List.of(Collections.min(groups, Comparator.comparingInt(List::size))) : chosen;
    }

    private long hash(String name) {
        return new SplittableRandom(seed ^ ((long) name.hashCode() << 32)).nextLong();
    }

    private SortedMap<String, List<AnnotatedImage>> groups(Dataset dataset) {
        SortedMap<String, List<AnnotatedImage>> groups = dataset.images().stream()
                .collect(Collectors.groupingBy(image -> groupOf(image.name()), TreeMap::new, Collectors.toList()));
        if (group != null && groups.keySet().stream().allMatch(name -> name.startsWith("/"))) {
            throw invalid("group of a split must be found in a name, found " + group + " in none of "
                    + dataset.images().size());
        }
        return groups;
    }

    /** The names of images that are the same bytes, in groups of two and more. */
    private static List<List<String>> equalImages(Dataset dataset) {
        Map<Path, String> names = new LinkedHashMap<>();
        for (AnnotatedImage image : dataset.images()) {
            if (image.source() instanceof ImageFile file) {
                names.putIfAbsent(file.path(), image.name());
            }
        }
        return EqualFiles.among(names.keySet()).stream()
                .map(files ->
                        files.stream().map(file -> names.getOrDefault(file, "")).toList())
                .toList();
    }

    private List<Note> notes(Dataset dataset, List<List<String>> equal) {
        List<Note> notes = new ArrayList<>();
        if (!equal.isEmpty()) {
            int copies = equal.stream().mapToInt(same -> same.size() - 1).sum();
            notes.add(new Note(
                    "equal-images",
                    copies + (copies == 1 ? " image has" : " images have")
                            + " the content of another and stay on one side of the split with it: "
                            + String.join(" = ", equal.get(0).subList(0, 2))
                            + (copies == 1 ? "" : ", …")));
        }
        if (group == null) {
            Recordings.of(dataset)
                    .filter(Recordings::canBeHeldOut)
                    .map(Recordings::note)
                    .ifPresent(notes::add);
        }
        return notes;
    }

    /** The groups, of which those that share equal images are one, under the first of their names. */
    private static SortedMap<String, List<AnnotatedImage>> together(
            SortedMap<String, List<AnnotatedImage>> groups, List<List<String>> equal) {
        Map<String, String> groupOf = new HashMap<>();
        groups.forEach((name, images) -> images.forEach(image -> groupOf.put(image.name(), name)));
        for (List<String> same : equal) {
            SortedSet<String> shared = same.stream()
                    .map(image -> groupOf.getOrDefault(image, ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String other : shared.tailSet(shared.first() + "\0")) {
                List<AnnotatedImage> moved = requireNonNull(groups.remove(other));
                requireNonNull(groups.get(shared.first())).addAll(moved);
                moved.forEach(image -> groupOf.put(image.name(), shared.first()));
            }
        }
        return groups;
    }

    /** The group's text, or {@code /} and the name for an image by itself: file names cannot begin so. */
    private String groupOf(String name) {
        Optional<String> text = group == null ? Optional.empty() : groupOf(group, name);
        return text.map(found -> "=" + found).orElse("/" + name);
    }

    /** What the expression's first group is in a name: in the file name, or else in the whole name with its folders. */
    static Optional<String> groupOf(Pattern group, String name) {
        for (String text : List.of(name.substring(name.lastIndexOf('/') + 1), name)) {
            Matcher matcher = group.matcher(text);
            if (matcher.find() && matcher.group(1) != null) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static InvalidInputException invalid(String text) {
        return new InvalidInputException(Problem.of("bad-split", text));
    }
}
