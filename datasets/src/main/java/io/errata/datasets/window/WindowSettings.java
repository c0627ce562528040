package io.errata.datasets.window;

import io.errata.core.problem.ArgumentChecks;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link WindowGeometry} is chosen from the training boxes: section {@code windows} of a configuration.
 *
 * @param patch the side of the network's input in pixels, in [16, 256]; default 32. It must equal the network's receptive field. With 48
 *     the scan costs three times as much and detections get little better
 * @param stride pixels between neighbouring windows of a level, which is the network's total stride: 4 or 8; default 4, as 8 loses
 *     small objects
 * @param context a window's side as a multiple of its object's side, in [1, 4]; default 1.5. Surroundings help to tell objects apart;
 *     with 2 too little of the patch is left for wide ones
 * @param scalesPerOctave window sizes for each doubling of the object size, in [1, 8]; default 2. One costs half as much and some
 *     accuracy
 * @param shapes aspect ratios of windows, found by clustering the training boxes, in [1, 8]; default {@code null}: chosen, 1 to 4
 *     by what they buy, see {@link WindowChoice}
 * @param smallest the square root of the area, in pixels, of the smallest object that windows must reach, &gt; 0; default
 *     {@code null}: chosen, mostly the 1% quantile of the training boxes or a larger size, see {@link WindowChoice}
 * @param largest the same for the largest object, at least {@code smallest}; default {@code null}: their 99% quantile
 */
public record WindowSettings(
        int patch,
        int stride,
        double context,
        int scalesPerOctave,
        @Nullable Integer shapes,
        @Nullable Double smallest,
        @Nullable Double largest) {

    /** The largest side of a patch, in pixels. */
    public static final int MAX_PATCH = 256;

    private static final double MAX_EXTENT = 1e6;

    public WindowSettings {
        new ArgumentChecks()
                .require(patch >= 16 && patch <= MAX_PATCH, "patch", "must be in [16, " + MAX_PATCH + "] pixels", patch)
                .require(stride == 4 || stride == 8, "stride", "must be 4 or 8 pixels", stride)
                .require(context >= 1 && context <= 4, "context", "must be in [1, 4]", context)
                .require(
                        scalesPerOctave >= 1 && scalesPerOctave <= 8,
                        "scalesPerOctave",
                        "must be in [1, 8]",
                        scalesPerOctave)
                .require(shapes == null || (shapes >= 1 && shapes <= 8), "shapes", "must be in [1, 8], or null", shapes)
                .require(isExtent(smallest), "smallest", "must be > 0 pixels, or null", smallest)
                .require(isExtent(largest), "largest", "must be > 0 pixels, or null", largest)
                .require(
                        smallest == null || largest == null || smallest <= largest,
                        "largest",
                        "must be ≥ smallest (" + smallest + ")",
                        largest)
                .verify();
    }

    /** Patches of 32 pixels every 4, context 1.5, two scales an octave; shapes and sizes are chosen from the training boxes. */
    public static WindowSettings withDefaults() {
        return new WindowSettings(32, 4, 1.5, 2, null, null, null);
    }

    /** These settings with another patch side and stride, those of a network. */
    public WindowSettings withPatch(int newPatch, int newStride) {
        return new WindowSettings(newPatch, newStride, context, scalesPerOctave, shapes, smallest, largest);
    }

    private static boolean isExtent(@Nullable Double pixels) {
        return pixels == null || (pixels > 0 && pixels <= MAX_EXTENT);
    }
}
