package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Data sets as odd as formats allow: names with spaces, quotes and all scripts, empty images, many classes, coordinates with fractions. */
final class RandomDatasets {

    private static final List<String> NAMES = List.of(
            "plain",
            "two words",
            "a, \"b\"",
            "<&'>",
            "yes",
            "null",
            "0",
            "1.0",
            "~",
            "# no comment",
            "- list",
            "key: value",
            "猫",
            "кот",
            "🐈‍⬛ cat",
            "e\u0301",
            "%d\\n",
            "true -1",
            "x;y",
            "[a]{b}");

    private final SplittableRandom random;
    private final boolean wholeParts;
    private final boolean flagged;

    /**
     * @param wholeParts whether coordinates are multiples of 1/256, so that widths are exact
     * @param flagged whether some objects are difficult or crowds
     */
    RandomDatasets(long seed, boolean wholeParts, boolean flagged) {
        this.random = new SplittableRandom(seed);
        this.wholeParts = wholeParts;
        this.flagged = flagged;
    }

    /** Images in memory, whose names have no folders and are in the order of the alphabet. */
    Dataset next() {
        List<String> classes = classes();
        int images = random.nextInt(1, 6);
        return new Dataset(
                classes,
                IntStream.range(0, images)
                        .mapToObj(i -> image(
                                (char) ('a' + i)
                                        + NAMES.get(random.nextInt(NAMES.size()))
                                                .replace('\\', ' '),
                                classes))
                        .toList());
    }

    private List<String> classes() {
        List<String> classes = new ArrayList<>();
        int count = random.nextInt(1, 60);
        for (int i = 0; i < count; i++) {
            String name = NAMES.get(random.nextInt(NAMES.size())) + (i < NAMES.size() ? "" : " " + i);
            if (!classes.contains(name)) {
                classes.add(name);
            }
        }
        return classes;
    }

    private AnnotatedImage image(String name, List<String> classes) {
        int width = random.nextInt(3, 60);
        int height = random.nextInt(3, 60);
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        int objects = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 12);
        return new AnnotatedImage(
                name + ".png",
                () -> new Pixels(width, height, rgb),
                width,
                height,
                IntStream.range(0, objects)
                        .mapToObj(i -> object(classes.get(random.nextInt(classes.size())), width, height))
                        .toList());
    }

    private GroundTruth object(String label, int width, int height) {
        double[] x = side(width);
        double[] y = side(height);
        Box box = new Box(x[0], y[0], x[1], y[1]);
        int flag = flagged ? random.nextInt(8) : 0;
        return new GroundTruth(label, box, box.area(), flag == 1, flag == 2);
    }

    private double[] side(int length) {
        double from = coordinate(length);
        double to = coordinate(length);
        return Math.abs(from - to) > 0.01 ? new double[] {Math.min(from, to), Math.max(from, to)} : side(length);
    }

    private double coordinate(int length) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(length + 1);
            case 1 -> random.nextInt(2) * length;
            default -> wholeParts ? random.nextInt(256 * length) / 256.0 : random.nextDouble(length);
        };
    }
}
