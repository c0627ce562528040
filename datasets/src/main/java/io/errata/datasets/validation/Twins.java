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
 * Finds the images that are there twice. Within a part only equal files are told, between parts also images that are nearly the same, each
 * image of the later part once, with the nearest of the earlier part.
 */
final class Twins {

    private static final String LEAKED = "leaked-image";

    private final List<Member> members;
    private final List<Problem> problems = new ArrayList<>();

    Twins(Collection<Member> members) {
        this.members = List.copyOf(members);
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
        for (Member member : members) {
            List<String> parts = List.copyOf(member.parts());
            if (parts.size() > 1) {
                report(
                        member,
                        between(parts.get(0), parts.get(1)),
                        LEAKED,
                        "an image must be in one part only, found it in " + parts);
            }
        }
    }

    private void equal() {
        Map<String, Member> first = new HashMap<>();
        for (Member member : members) {
            String sha256 = member.fingerprint().map(Fingerprint::sha256).orElse("");
            Member other = sha256.isEmpty() ? null : first.putIfAbsent(sha256, member);
            if (other == null) {
                continue;
            }
            String found = "found the same bytes in " + other.path() + "; delete one";
            if (other.parts().equals(member.parts())) {
                report(member, null, "duplicate-image", "an image must be in the data set once, " + found);
            } else {
                report(
                        member,
                        between(part(other), part(member)),
                        LEAKED,
                        "an image must be in one part only, " + found);
            }
        }
    }

    private void near() {
        Set<String> parts = new LinkedHashSet<>();
        members.forEach(member -> parts.addAll(member.parts()));
        List<String> order = List.copyOf(parts);
        for (int i = 0; i < order.size(); i++) {
            List<Member> earlier = in(order.get(i));
            LikenessIndex index = new LikenessIndex();
            earlier.forEach(member -> member.likeness().ifPresent(index::add));
            for (String later : order.subList(i + 1, order.size())) {
                for (Member member : in(later)) {
                    near(member, earlier, index, between(order.get(i), later));
                }
            }
        }
    }

    private void near(Member member, List<Member> earlier, LikenessIndex index, String key) {
        Likeness likeness = member.likeness().orElse(null);
        if (likeness == null) {
            return;
        }
        List<Integer> near = index.near(likeness);
        boolean told = near.stream().anyMatch(number -> isEqual(member, earlier.get(number)));
        if (!near.isEmpty() && !told) {
            Member nearest = earlier.get(near.get(0));
            report(
                    member,
                    key,
                    "near-duplicate",
                    String.format(
                            Locale.ROOT,
                            "an image must not be nearly one of another part, found %s with %d of 64 bits of their looks different%s; split by scene or video",
                            nearest.path(),
                            likeness.distance(nearest.likeness().orElseThrow()),
                            near.size() > 1 ? " and " + (near.size() - 1) + " more" : ""));
        }
    }

    private static boolean isEqual(Member one, Member other) {
        return one == other
                || one.fingerprint()
                        .map(Fingerprint::sha256)
                        .equals(other.fingerprint().map(Fingerprint::sha256));
    }

    /** The members of a part that have a likeness, so that their places agree with the index. */
    private List<Member> in(String part) {
        return members.stream()
                .filter(member ->
                        member.parts().contains(part) && member.likeness().isPresent())
                .toList();
    }

    private static String part(Member member) {
        return member.parts().stream().findFirst().orElse("no split");
    }

    private static String between(String one, String other) {
        return one + " → " + other;
    }

    private void report(Member member, @Nullable String key, String kind, String text) {
        problems.add(new Problem(member.path(), null, key, text, kind));
    }
}
