package io.errata.core.resampling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Lines of a file beside the tests, split at semicolons. */
final class Fixture {

    private Fixture() {}

    static Stream<List<String>> lines(String name) {
        try (InputStream in = requireNonNull(Fixture.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8).lines().map(line -> List.of(line.split(";", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] doubles(String numbers) {
        return Arrays.stream(numbers.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    static int[] ints(String numbers) {
        return Arrays.stream(numbers.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    /** Of {@code 0:100 1:40}. */
    static SortedMap<Integer, Integer> counts(String text) {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (String entry : text.split(" ")) {
            String[] pair = entry.split(":");
            counts.put(Integer.parseInt(pair[0]), Integer.parseInt(pair[1]));
        }
        return counts;
    }

    /** As many rows of each class, the feature being the row's index. */
    static FeatureSet rows(SortedMap<Integer, Integer> counts) {
        int[] labels = counts.entrySet().stream()
                .flatMapToInt(entry ->
                        Stream.generate(entry::getKey).limit(entry.getValue()).mapToInt(Integer::intValue))
                .toArray();
        float[] values = new float[labels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return FeatureSet.of(values, 1, labels);
    }
}
