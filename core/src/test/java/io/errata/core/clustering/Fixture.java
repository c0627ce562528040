package io.errata.core.clustering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.errata.core.resampling.FeatureMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** A line of {@code sklearn_clustering.csv}, which {@code sklearn_clustering.py} beside it wrote. */
record Fixture(String what, String name, List<double[]> lists) {

    static List<Fixture> of(String what) {
        try (InputStream in = requireNonNull(Fixture.class.getResourceAsStream("sklearn_clustering.csv"))) {
            List<Fixture> found = new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(Fixture::parse)
                    .filter(fixture -> fixture.what.startsWith(what))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException(what);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fixture parse(String line) {
        String[] fields = line.split(";");
        List<double[]> lists = Arrays.stream(fields)
                .skip(2)
                .map(list -> Arrays.stream(list.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
        return new Fixture(fields[0], fields[1], lists);
    }

    /** The second list, rows of {@code dimension}. */
    FeatureMatrix embeddings(int dimension) {
        float[] values = new float[list(1).length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) list(1)[i];
        }
        return FeatureMatrix.of(values, dimension);
    }

    Distance distance() {
        return what.endsWith("cosine") ? Distance.COSINE : Distance.EUCLIDEAN;
    }

    double[] list(int index) {
        return lists.get(index);
    }

    int[] whole(int index) {
        return Arrays.stream(list(index)).mapToInt(value -> (int) value).toArray();
    }

    @Override
    public String toString() {
        return what + " " + name;
    }
}
