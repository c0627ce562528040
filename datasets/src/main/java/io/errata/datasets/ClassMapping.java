package io.errata.datasets;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.Problem;
import io.errata.core.problem.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Classes taken together and left out: annotators write one thing in several ways, and some things nobody looks for. Immutable.
 *
 * @param merge classes by the name under which they are one, such as {@code mite: [varroa, mite, Varroa]}; a name may be among its own,
 *     and a class of that name that is not is taken in all the same
 * @param drop classes whose objects are left out; where they were is background
 */
public record ClassMapping(Map<String, List<String>> merge, List<String> drop) {

    private static final ClassMapping NONE = new ClassMapping(Map.of(), List.of());

    public ClassMapping {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        merge.forEach((name, parts) -> copy.put(name, List.copyOf(parts)));
        merge = Collections.unmodifiableMap(copy);
        drop = List.copyOf(drop);
        ArgumentChecks checks = new ArgumentChecks();
        Map<String, String> target = new HashMap<>();
        for (Map.Entry<String, List<String>> entry : merge.entrySet()) {
            checks.require(!entry.getKey().isBlank(), "merge", "must not have a blank name", entry);
            checks.require(!entry.getValue().isEmpty(), "merge", "must name the classes to merge", entry);
            for (String part : entry.getValue()) {
                String other = target.putIfAbsent(part, entry.getKey());
                checks.require(other == null, "merge", "must name a class once", part);
                checks.require(!drop.contains(part), "drop", "must not name a class that is merged", part);
            }
        }
        for (String name : drop) {
            checks.require(!name.isBlank(), "drop", "must not be blank", name);
            checks.require(!merge.containsKey(name), "drop", "must not name a class that others are merged into", name);
        }
        checks.verify();
    }

    /** Leaves every class as it is. */
    public static ClassMapping none() {
        return NONE;
    }

    /** Whether it changes nothing. */
    public boolean isNone() {
        return merge.isEmpty() && drop.isEmpty();
    }

    /** The data set with its classes merged, each in the place of its first, and without those that are dropped. */
    public Dataset apply(Dataset dataset) {
        if (isNone()) {
            return dataset;
        }
        Map<String, String> names = new HashMap<>();
        merge.forEach((name, parts) -> parts.forEach(part -> names.put(part, name)));
        Set<String> dropped = Set.copyOf(drop);
        Set<String> classes = new LinkedHashSet<>();
        for (String label : dataset.classes()) {
            if (!dropped.contains(label)) {
                classes.add(names.getOrDefault(label, label));
            }
        }
        List<AnnotatedImage> images = dataset.images().stream()
                .map(image -> image.withObjects(image.objects().stream()
                        .filter(object -> !dropped.contains(object.label()))
                        .map(object -> object.withLabel(names.getOrDefault(object.label(), object.label())))
                        .toList()))
                .toList();
        return new Dataset(List.copyOf(classes), images);
    }

    /**
     * One problem for each class that it names and that no data have.
     *
     * @param known the classes of all data
     */
    public List<Problem> unknown(Collection<String> known) {
        List<Problem> problems = new ArrayList<>();
        merge.forEach((name, parts) -> parts.stream()
                .filter(part -> !known.contains(part))
                .forEach(part -> problems.add(unknown("data.merge", part, known))));
        drop.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(unknown("data.drop", name, known)));
        return problems;
    }

    private static Problem unknown(String key, String name, Collection<String> known) {
        return new Problem(
                null,
                null,
                key,
                "must name classes of the data, " + Excerpt.of(known.toString(), 300) + ", found " + name
                        + Spelling.hint(name, known),
                "unknown-class");
    }

    /** In words: {@code varroa, Varroa → mite; left out: dust}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        merge.forEach((name, classes) -> parts.add(String.join(", ", classes) + " → " + name));
        if (!drop.isEmpty()) {
            parts.add("left out: " + String.join(", ", drop));
        }
        return String.join("; ", parts);
    }
}
