package io.errata.core.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.errata.core.resampling.FeatureSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Rows of {@code rows.csv}, figures of {@code figures.csv}, and the area under the ROC curve. */
final class Fixture {

    private Fixture() {}

    /** @param part {@code training} or {@code test} */
    static FeatureSet rows(String part) {
        List<List<String>> lines =
                lines("rows.csv", ",").filter(line -> line.get(0).equals(part)).toList();
        float[] values = new float[4 * lines.size()];
        int[] labels = new int[lines.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = Integer.parseInt(lines.get(row).get(1));
            for (int f = 0; f < 4; f++) {
                values[4 * row + f] = Float.parseFloat(lines.get(row).get(2 + f));
            }
        }
        return FeatureSet.of(values, 4, labels);
    }

    static Stream<List<String>> figures(String name) {
        return lines("figures.csv", ";").filter(line -> line.get(0).equals(name));
    }

    static double[] doubles(String numbers) {
        return Arrays.stream(numbers.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** The share of pairs of a positive and a negative in which the positive scores higher; ties count half. */
    static double auc(double[] scores, int[] labels) {
        double higher = 0;
        long pairs = 0;
        for (int p = 0; p < labels.length; p++) {
            for (int n = 0; n < labels.length; n++) {
                if (labels[p] == 1 && labels[n] == 0) {
                    higher += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return higher / pairs;
    }

    private static Stream<List<String>> lines(String name, String separator) {
        try (InputStream in = requireNonNull(Fixture.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8).lines().map(line -> List.of(line.split(separator, -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
