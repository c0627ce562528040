package io.errata.datasets.validation;

import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.format.DatasetSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds everything that is wrong with a data set: the problems of its reader, pictures that cannot be decoded, names that differ only by case,
 * and pictures that are there twice. Where the set has parts, training and validation or the splits of a set that has some, also
 * pictures that two parts share, or nearly: what a detector has seen in training, it must not be measured on.
 *
 * <p>Every image is decoded once, on all processors. About 500 bytes are kept of each.
 */
public final class DatasetValidator {

    private final List<Reading> readings;
    private final Map<Object, ImageEntry> entries = new LinkedHashMap<>();

    private DatasetValidator(List<Reading> readings) {
        this.readings = readings;
    }

    /**
     * Reads the annotations and the images' headers.
     *
     * @param specs the data sets, taken as one, as a configuration's {@code data.train} does
     * @param against the validation data that must share no image with them; none to compare the splits of each set that has some
     */
    public static DatasetValidator read(List<DatasetSpec> specs, List<DatasetSpec> against) {
        Reading all = together(specs);
        if (!against.isEmpty()) {
            Reading other = together(against);
            DatasetValidator validator = new DatasetValidator(List.of(all, other));
            validator.addPart(name(specs), all.dataset());
            validator.addPart(name(against), other.dataset());
            return validator;
        }
        DatasetValidator validator = new DatasetValidator(List.of(all));
        for (DatasetSpec spec : specs) {
            String prefix = specs.size() == 1 ? "" : spec + ":";
            spec.splits()
                    .forEach((name, split) ->
                            validator.addPart(prefix + name, split.read().dataset()));
        }
        all.dataset().images().forEach(validator::entry);
        return validator;
    }

    /** How many images will be looked at. */
    public int imageCount() {
        return entries.size();
    }

    /**
     * Decodes and compares the images.
     *
     * @param eachImage called after each image that was decoded, from several threads
     */
    public Validation examine(Runnable eachImage) {
        List<Problem> problems = new ArrayList<>(readings.stream()
                .flatMap(reading -> reading.problems().stream())
                .toList());
        entries.values().parallelStream().forEach(entry -> {
            entry.examine();
            eachImage.run();
        });
        entries.values().forEach(entry -> problems.addAll(entry.problems()));
        problems.addAll(ambiguousNames());
        problems.addAll(new DuplicateFinder(entries.values()).problems());
        return new Validation(
                (int) entries.values().stream()
                        .filter(entry -> entry.fingerprint().isPresent())
                        .count(),
                (int) goodObjects().count(),
                classes(),
                problems,
                readings.stream()
                        .flatMap(reading -> reading.notes().stream())
                        .distinct()
                        .toList());
    }

    /** The objects on images that could be decoded. */
    private Stream<GroundTruth> goodObjects() {
        return readings.stream()
                .flatMap(reading -> reading.dataset().images().stream())
                .filter(image -> entry(image).fingerprint().isPresent())
                .flatMap(image -> image.objects().stream());
    }

    private void addPart(String name, Dataset dataset) {
        dataset.images().forEach(image -> entry(image).parts().add(name));
    }

    private ImageEntry entry(AnnotatedImage image) {
        return entries.computeIfAbsent(image.source().identity(), key -> new ImageEntry(image));
    }

    private Map<String, Integer> classes() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        readings.stream()
                .flatMap(reading -> reading.dataset().classes().stream())
                .forEach(label -> counts.putIfAbsent(label, 0));
        goodObjects().map(GroundTruth::label).forEach(label -> counts.merge(label, 1, Integer::sum));
        return counts;
    }

    /** Where case does not count, as on Windows and macOS, one of these files would overwrite the other. */
    private List<Problem> ambiguousNames() {
        Map<String, Set<String>> byName = entries.values().stream()
                .map(ImageEntry::path)
                .collect(Collectors.groupingBy(
                        path -> path.toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.toCollection(LinkedHashSet::new)));
        return byName.values().stream()
                .filter(names -> names.size() > 1)
                .map(List::copyOf)
                .map(names -> Problem.inFile(
                        names.get(1),
                        "ambiguous-name",
                        "a name must differ from others by more than case, found also " + names.get(0)
                                + "; rename one"))
                .toList();
    }

    private static Reading together(List<DatasetSpec> specs) {
        return Reading.together(specs.stream().map(DatasetSpec::readThoroughly).toList());
    }

    private static String name(Collection<DatasetSpec> specs) {
        return specs.stream().map(DatasetSpec::toString).collect(Collectors.joining(" "));
    }
}
