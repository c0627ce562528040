package io.errata.core.calibration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** A line of {@code sklearn_calibration.csv}, which {@code sklearn_calibration.py} beside it wrote. */
record Fixture(String what, String name, List<double[]> lists) {

    static List<Fixture> of(String what) {
        try (InputStream in = requireNonNull(Fixture.class.getResourceAsStream("sklearn_calibration.csv"))) {
            List<Fixture> found = new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(Fixture::parse)
                    .filter(fixture -> fixture.what.equals(what))
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

    /** The first two lists: scores and labels. */
    LabelledScores held() {
        boolean[] positive = new boolean[list(1).length];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = list(1)[i] == 1;
        }
        return LabelledScores.of(list(0), positive);
    }

    double[] list(int index) {
        return lists.get(index);
    }

    @Override
    public String toString() {
        return what + " " + name;
    }
}
