package io.errata.datasets.window;

import java.util.OptionalDouble;

/**
 * How a {@link WindowGeometry} is chosen from the training boxes.
 *
 * @param patch the side of a patch in pixels, the network's input; must equal the network's receptive field
 * @param stride pixels between neighbouring windows of a level; must equal the network's total stride
 * @param context how much larger a window is than the object it frames, per side; 1.5 shows a quarter of it around
 * @param scalesPerOctave levels per doubling of the object size
 * @param shapes aspect ratios; 1 takes the median of the boxes, more are found by k-means++ on their logarithms
 * @param smallest the size (root of the area, pixels) of the smallest object to reach; empty takes the 1% quantile
 * @param largest the size of the largest object to reach; empty takes the 99% quantile
 * @param seed of the k-means++ clustering
 */
public record WindowSettings(
        int patch,
        int stride,
        double context,
        double scalesPerOctave,
        int shapes,
        OptionalDouble smallest,
        OptionalDouble largest,
        long seed) {

    public WindowSettings {
        require(patch >= 8, "patch must be ≥ 8, found " + patch);
        require(stride >= 1 && stride <= patch, "stride must be in [1, patch], found " + stride);
        require(context >= 1 && context <= 8, "context must be in [1, 8], found " + context);
        require(
                scalesPerOctave > 0 && scalesPerOctave <= 16,
                "scalesPerOctave must be in (0, 16], found " + scalesPerOctave);
        require(shapes >= 1 && shapes <= 16, "shapes must be in [1, 16], found " + shapes);
        require(smallest.isEmpty() || isExtent(smallest.getAsDouble()), "smallest must be > 0, found " + smallest);
        require(
                largest.isEmpty() || (isExtent(largest.getAsDouble()) && largest.getAsDouble() >= smallest.orElse(0)),
                "largest must be > 0 and ≥ smallest, found " + largest);
    }

    /** Patches of 32 pixels every 4, context 1.5, two scales per octave, one shape, sizes from the boxes. */
    public static WindowSettings withDefaults() {
        return new WindowSettings(32, 4, 1.5, 2, 1, OptionalDouble.empty(), OptionalDouble.empty(), 0);
    }

    /** These settings with another patch side and stride, those of a network. */
    public WindowSettings withPatch(int otherPatch, int otherStride) {
        return new WindowSettings(otherPatch, otherStride, context, scalesPerOctave, shapes, smallest, largest, seed);
    }

    private static boolean isExtent(double value) {
        return value > 0 && Double.isFinite(value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
