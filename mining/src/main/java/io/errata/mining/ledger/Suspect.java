package io.errata.mining.ledger;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An image without objects on which the detector is sure of one: a mistake of the detector, or of who annotated it.
 *
 * @param image its name
 * @param label the class that the detector sees
 * @param score how sure it is
 */
public record Suspect(String image, String label, double score) {

    /** {@code a.jpg (ship 0.97)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%s %.2f)", image, label, score);
    }

    /** What is to be said of these. */
    public static String inWords(List<Suspect> suspects) {
        return "of the images without objects the detector is surest on these; look whether they show some: "
                + suspects.stream().map(Suspect::toString).collect(Collectors.joining(", "));
    }
}
