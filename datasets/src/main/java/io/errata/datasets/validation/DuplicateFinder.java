package io.errata.datasets.validation;

import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds images that are there twice. Within a part only equal files are reported, between parts also images that are nearly the same, each
 * image of the later part once, with the nearest of the earlier part.
 */
final class DuplicateFinder {

    private static final String LEAKED = "leaked-image";

    private final List<ImageEntry> entries;
    private final List<Problem> problems = new ArrayList<>();

    DuplicateFinder(Collection<ImageEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    List<Problem> problems() {
        problems.clear();
        shared();
        equal();
        near();
        return problems;
    }

    /** The same file listed in two parts. */
    private void shared() {
        for (ImageEntry entry : entries) {
            List<String> parts = List.copyOf(entry.parts());
            if (parts.size() > 1) {
                report(
                        entry,
                        between(parts.get(0), parts.get(1)),
                        LEAKED,
                        "an image must be in one part only, found it in " + parts);
            }
        }
    }

    private void equal() {
        Map<String, ImageEntry> first = new HashMap<>();
        for (ImageEntry entry : entries) {
            String sha256 = entry.fingerprint().map(ImageFingerprint::sha256).orElse("");
            ImageEntry other = sha256.isEmpty() ? null : first.putIfAbsent(sha256, entry);
            if (other == null) {
                continue;
            }
            String found = "found the same bytes in " + other.path() + "; delete one";
            if (other.parts().equals(entry.parts())) {
                report(entry, null, "duplicate-image", "an image must be in the data set once, " + found);
            } else {
                report(entry, between(part(other), part(entry)), LEAKED, "an image must be in one part only, " + found);
            }
        }
    }

    private void near() {
        Set<String> parts = new LinkedHashSet<>();
        entries.forEach(entry -> parts.addAll(entry.parts()));
        List<String> order = List.copyOf(parts);
        for (int i = 0; i < order.size(); i++) {
            List<ImageEntry> earlier = in(order.get(i));
            PerceptualHashIndex index = new PerceptualHashIndex();
            earlier.forEach(entry -> entry.hash().ifPresent(index::add));
            for (String later : order.subList(i + 1, order.size())) {
                for (ImageEntry entry : in(later)) {
                    near(entry, earlier, index, between(order.get(i), later));
                }
            }
        }
    }

    private void near(ImageEntry entry, List<ImageEntry> earlier, PerceptualHashIndex index, String key) {
        PerceptualHash hash = entry.hash().orElse(null);
        if (hash == null) {
            return;
        }
        List<Integer> near = index.near(hash);
        boolean reported = near.stream().anyMatch(number -> isEqual(entry, earlier.get(number)));
        if (!near.isEmpty() && !reported) {
            ImageEntry nearest = earlier.get(near.get(0));
            report(
                    entry,
                    key,
                    "near-duplicate",
                    String.format(
                            Locale.ROOT,
                            "an image must not be nearly one of another part, found %s with %d of 64 bits of their looks different%s; split by scene or video",
                            nearest.path(),
                            hash.distance(nearest.hash().orElseThrow()),
                            near.size() > 1 ? " and " + (near.size() - 1) + " more" : ""));
        }
    }

    private static boolean isEqual(ImageEntry one, ImageEntry other) {
        return one == other
                || one.fingerprint()
                        .map(ImageFingerprint::sha256)
                        .equals(other.fingerprint().map(ImageFingerprint::sha256));
    }

    /** The entries of a part that have a hash, so that their places agree with the index. */
    private List<ImageEntry> in(String part) {
        return entries.stream()
                .filter(entry -> entry.parts().contains(part) && entry.hash().isPresent())
                .toList();
    }

    private static String part(ImageEntry entry) {
        return entry.parts().stream().findFirst().orElse("no split");
    }

    private static String between(String one, String other) {
        return one + " → " + other;
    }

    private void report(ImageEntry entry, @Nullable String key, String kind, String text) {
        problems.add(new Problem(entry.path(), null, key, text, kind));
    }
}
