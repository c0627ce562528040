package io.errata.datasets;

import io.errata.core.geometry.Box;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small images of noise with objects of every awkward kind, by a seed. */
public final class Scenes {

    private Scenes() {}

    /** An image of noise with these objects. */
    public static AnnotatedImage image(String name, int width, int height, GroundTruth... objects) {
        return new AnnotatedImage(name, () -> noise(name.hashCode(), width, height), width, height, List.of(objects));
    }

    /** Noise, other for every seed. */
    public static Pixels noise(long seed, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new SplittableRandom(seed).nextBytes(rgb);
        return new Pixels(width, height, rgb);
    }

    /** Images of 30 to 110 pixels a side with up to 7 objects of the classes {@code a} and {@code b}. */
    public static Dataset random(int images, SplittableRandom random) {
        return new Dataset(
                List.of("a", "b"),
                IntStream.range(0, images)
                        .mapToObj(i -> randomImage("scene-" + i, random))
                        .toList());
    }

    /** Even and odd patches, any stride, one to three shapes. */
    public static WindowGeometry randomGeometry(SplittableRandom random) {
        int patch = random.nextInt(8, 25);
        List<WindowShape> shapes = IntStream.range(0, random.nextInt(1, 4))
                .mapToObj(i -> WindowShape.of(random.nextDouble(8, 60), Math.exp(random.nextDouble(-1, 1))))
                .toList();
        return new WindowGeometry(patch, random.nextInt(1, patch / 2), random.nextDouble(1, 2), shapes);
    }

    private static AnnotatedImage randomImage(String name, SplittableRandom random) {
        int width = random.nextInt(30, 111);
        int height = random.nextInt(30, 111);
        List<GroundTruth> objects = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            boolean again = !objects.isEmpty() && random.nextInt(8) == 0;
            Box box = again ? objects.get(0).box() : randomBox(width, height, random);
            int kind = random.nextInt(6);
            objects.add(new GroundTruth(random.nextBoolean() ? "a" : "b", box, box.area(), kind == 0, kind == 1));
        }
        return image(name, width, height, objects.toArray(GroundTruth[]::new));
    }

    /** At the border or beyond it, with whole coordinates or not, empty now and then. */
    private static Box randomBox(int width, int height, SplittableRandom random) {
        double x = random.nextDouble(-10, width);
        double y = random.nextDouble(-10, height);
        double w = random.nextInt(10) == 0 ? 0 : random.nextDouble(3, 70);
        double h = random.nextDouble(3, 70);
        Box box = Box.ofSize(x, y, w, h);
        if (random.nextBoolean()) {
            box = new Box(Math.rint(box.x1()), Math.rint(box.y1()), Math.rint(box.x2()), Math.rint(box.y2()));
        }
        return random.nextInt(4) == 0 ? box : box.clippedTo(width, height);
    }
}
