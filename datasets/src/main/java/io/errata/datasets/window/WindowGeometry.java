package io.errata.datasets.window;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import java.util.List;

/**
 * Which windows a detector looks at. For each shape an image is resized once, so that an object of that shape fills
 * {@code patch / context} pixels; the level's windows are its patches every {@code stride} pixels.
 *
 * @param patch the side of a patch in pixels of a level
 * @param stride pixels of a level between neighbouring windows
 * @param context how much larger a window is than the object it frames, per side
 * @param shapes the object sizes that are looked for, one level each
 */
public record WindowGeometry(int patch, int stride, double context, List<WindowShape> shapes) {

    public WindowGeometry {
        shapes = List.copyOf(shapes);
        new ArgumentChecks()
                .require(patch >= 1, "patch", "must be ≥ 1", patch)
                .require(stride >= 1, "stride", "must be ≥ 1", stride)
                .require(context >= 1, "context", "must be ≥ 1", context)
                .require(
                        !shapes.isEmpty() && shapes.size() <= WindowKey.MAX_LEVELS,
                        "shapes",
                        "must be 1 to " + WindowKey.MAX_LEVELS,
                        shapes.size())
                .verify();
    }

    /** The geometry for these boxes, with the default settings. */
    public static WindowGeometry fit(Dataset train) {
        return fit(train, WindowSettings.withDefaults(), 0);
    }

    /**
     * Chooses shapes and scales from the boxes of a data set: a geometric ladder of sizes for each aspect ratio, as
     * {@link WindowChoice} explains.
     *
     * @param seed of the clustering of aspect ratios
     * @throws InvalidInputException if there is no object to choose from, or the settings ask for too many levels
     */
    public static WindowGeometry fit(Dataset train, WindowSettings settings, long seed) {
        return WindowChoice.of(train, settings, seed).geometry();
    }

    /**
     * The grid of windows of one level on an image of this size.
     *
     * @throws InvalidInputException if the image is too large for objects this small
     */
    public LevelGrid grid(int level, int imageWidth, int imageHeight) {
        return LevelGrid.of(this, level, imageWidth, imageHeight);
    }

    public int levels() {
        return shapes.size();
    }

    /** Pixels of replicated border around a level, so that objects at the image's edge have windows too. */
    public int border() {
        return patch / 2;
    }

    /** The number of windows on an image of this size, all levels together. */
    public long windows(int imageWidth, int imageHeight) {
        long sum = 0;
        for (int level = 0; level < levels(); level++) {
            sum += grid(level, imageWidth, imageHeight).windows();
        }
        return sum;
    }

    /** The level whose shape is nearest to an object's, by the logarithms of size and aspect ratio. */
    public int nearestLevel(double width, double height) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int level = 0; level < levels(); level++) {
            WindowShape shape = shapes.get(level);
            double size = 0.5 * Math.log(width * height / (shape.width() * shape.height()));
            double aspect = Math.log(width / height / shape.aspect());
            double distance = size * size + aspect * aspect;
            if (distance < least) {
                least = distance;
                best = level;
            }
        }
        return best;
    }
}
