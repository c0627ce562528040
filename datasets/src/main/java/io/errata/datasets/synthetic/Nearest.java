package io.errata.datasets.synthetic;

import java.util.Collection;
import java.util.Comparator;

/** The name somebody may have meant: the one fewest typed letters away (Levenshtein distance), the first of several. */
final class Nearest {

    private Nearest() {}

    /** @throws java.util.NoSuchElementException if there are no names */
    static String to(String typed, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(typed, name)))
                .orElseThrow();
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swapped = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(swapped, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
