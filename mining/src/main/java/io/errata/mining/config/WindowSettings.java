package io.errata.mining.config;

import io.errata.datasets.Dataset;
import io.errata.datasets.window.WindowGeometry;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code windows}: the grid of windows that stands for an image.
 *
 * @param patch the side of the network's input in pixels, in [16, 256]; default 32. With 48 the scan costs three times as much and
 *     detections get little better
 * @param stride pixels between neighbouring windows of a level, which is the network's total stride: 4 or 8; default 4, as 8 loses
 *     small objects
 * @param context a window's side as a multiple of its object's side, in [1, 4]; default 1.5. Surroundings help to tell objects apart;
 *     with 2 too little of the patch is left for wide ones
 * @param scalesPerOctave window sizes for each doubling of the object size, in [1, 8]; default 2. One costs half as much and some
 *     accuracy
 * @param shapes aspect ratios of windows, found by clustering the training boxes, in [1, 8]; default 1, the boxes' median, as the box
 *     regression does the rest
 * @param smallest the square root of the area, in pixels, of the smallest object that windows must reach, &gt; 0; default
 *     {@code null}: the 1% quantile of the training boxes, as the very smallest adds costly levels
 * @param largest the same for the largest object, at least {@code smallest}; default {@code null}: their 99% quantile
 */
public record WindowSettings(
        int patch,
        int stride,
        double context,
        int scalesPerOctave,
        int shapes,
        @Nullable Double smallest,
        @Nullable Double largest) {

    public WindowSettings {
        new Rules()
                .require(patch >= 16 && patch <= 256, "patch", "must be in [16, 256] pixels", patch)
                .require(stride == 4 || stride == 8, "stride", "must be 4 or 8 pixels", stride)
                .require(context >= 1 && context <= 4, "context", "must be in [1, 4]", context)
                .require(
                        scalesPerOctave >= 1 && scalesPerOctave <= 8,
                        "scalesPerOctave",
                        "must be in [1, 8]",
                        scalesPerOctave)
                .require(shapes >= 1 && shapes <= 8, "shapes", "must be in [1, 8]", shapes)
                .require(isExtent(smallest), "smallest", "must be > 0 pixels, or null", smallest)
                .require(isExtent(largest), "largest", "must be > 0 pixels, or null", largest)
                .require(
                        smallest == null || largest == null || smallest <= largest,
                        "largest",
                        "must be ≥ smallest (" + smallest + ")",
                        largest)
                .verify();
    }

    /** Patches of 32 pixels every 4, two scales an octave, one shape, sizes from the training boxes. */
    public static WindowSettings defaults() {
        return new WindowSettings(32, 4, 1.5, 2, 1, null, null);
    }

    /**
     * The windows for the objects on these images.
     *
     * @param seed of the clustering of their shapes
     * @throws io.errata.core.problem.InvalidInputException if there is no object to choose from, or there would be too many levels
     */
    public WindowGeometry fit(Dataset train, long seed) {
        return WindowGeometry.fit(
                train,
                new io.errata.datasets.window.WindowSettings(
                        patch, stride, context, scalesPerOctave, shapes, optional(smallest), optional(largest), seed));
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static boolean isExtent(@Nullable Double pixels) {
        return pixels == null || (pixels > 0 && pixels <= 1e6);
    }
}
