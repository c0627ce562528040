package io.errata.detection;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowShape;
import io.errata.detection.scan.ScoredWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Small seeded data for the tests of this module. */
public final class Corpora {

    /** Patches of 8 pixels every 2, at three sizes; the first level is the image itself. */
    public static final WindowGeometry GEOMETRY = new WindowGeometry(
            8, 2, 1, List.of(new WindowShape(8, 8), new WindowShape(13, 11), new WindowShape(20, 30)));

    public static final List<String> CLASSES = List.of("disc", "square", "star");

    private Corpora() {}

    /** One image of each size, of noise, with objects at random places; some of them crowds, difficult or empty. */
    public static Dataset dataset(long seed, int[]... sizes) {
        Random random = new Random(seed);
        List<AnnotatedImage> images = new ArrayList<>();
        for (int[] size : sizes) {
            List<GroundTruth> objects = IntStream.range(0, random.nextInt(4))
                    .mapToObj(i -> object(random, size[0], size[1]))
                    .toList();
            Pixels pixels = noise(random, size[0], size[1]);
            images.add(new AnnotatedImage("image-" + images.size(), () -> pixels, size[0], size[1], objects));
        }
        return new Dataset(CLASSES, images);
    }

    public static WindowCorpus corpus(Dataset dataset) {
        return WindowCorpus.of(dataset, GEOMETRY, Labelling.withDefaults());
    }

    public static Pixels noise(Random random, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return new Pixels(width, height, rgb);
    }

    /** The keys of all windows of a corpus, ascending. */
    public static LongStream keys(WindowCorpus corpus) {
        return IntStream.range(0, corpus.dataset().images().size())
                .boxed()
                .flatMapToLong(image -> IntStream.range(0, corpus.geometry().levels())
                        .boxed()
                        .flatMapToLong(level -> {
                            int columns = corpus.grid(image, level).columns();
                            return IntStream.range(0, corpus.grid(image, level).windows())
                                    .mapToLong(w -> WindowKey.of(image, level, w / columns, w % columns));
                        }));
    }

    /** Windows of class 0 with these scores, framing what the corpus says. */
    public static ScoredWindows scored(WindowCorpus corpus, long[] keys, float... scores) {
        float[] boxes = new float[4 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            Box box = corpus.box(keys[i]);
            boxes[4 * i] = (float) box.x1();
            boxes[4 * i + 1] = (float) box.y1();
            boxes[4 * i + 2] = (float) box.x2();
            boxes[4 * i + 3] = (float) box.y2();
        }
        return ScoredWindows.of(keys, new int[keys.length], scores, boxes);
    }

    private static GroundTruth object(Random random, int width, int height) {
        double x = random.nextInt(Math.max(1, width));
        double y = random.nextInt(Math.max(1, height));
        Box box = Box.ofSize(x, y, random.nextInt(14), random.nextInt(14));
        String label = CLASSES.get(random.nextInt(CLASSES.size()));
        int kind = random.nextInt(6);
        return new GroundTruth(label, box, box.area(), kind == 0, kind == 1);
    }
}
