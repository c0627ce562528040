package io.errata.detection.network;

import io.errata.core.problem.ArgumentChecks;
import java.util.List;

/**
 * The plan of a small residual network that looks at one box, close to and with what is about it. Each view has a branch of its own, a
 * convolution and residual blocks that each halve the crop. The classes follow from both, the box from the close view alone: where
 * there is more to see, its edges are less sharp.
 *
 * @param side of a crop in pixels, a multiple of 2 to the power of the number of widths
 * @param view how much the close view shows, in sides of the box
 * @param widths channels of its convolution, then of its residual blocks
 * @param context how much the other view shows, in sides of the box
 * @param contextWidths the channels of that, as many as the close view's; none for no such view
 */
public record CropArchitecture(
        int side, double view, List<Integer> widths, double context, List<Integer> contextWidths) {

    private static final int MAX_SIDE = 256;
    private static final int MAX_DEPTH = 7;
    private static final double MAX_VIEW = 16;

    public CropArchitecture {
        widths = List.copyOf(widths);
        contextWidths = List.copyOf(contextWidths);
        int depth = widths.size();
        int unit = 1 << Math.min(depth, MAX_DEPTH);
        new ArgumentChecks()
                .require(
                        depth >= 1 && depth <= MAX_DEPTH && areWidths(widths),
                        "widths",
                        "must be 1 to " + MAX_DEPTH + " numbers in [1, " + NetworkSettings.MAX_WIDTH + "]",
                        widths)
                .require(
                        contextWidths.isEmpty() || (contextWidths.size() == depth && areWidths(contextWidths)),
                        "contextWidths",
                        "must be as many numbers as widths (" + depth + "), in [1, " + NetworkSettings.MAX_WIDTH
                                + "], or none",
                        contextWidths)
                .require(
                        side > 0 && side <= MAX_SIDE && side % unit == 0,
                        "side",
                        "must be a multiple of 2 to the power of the number of widths (" + unit + ") in [1, " + MAX_SIDE
                                + "]",
                        side)
                .require(view > 0 && view <= MAX_VIEW, "view", "must be in (0, " + MAX_VIEW + "]", view)
                .require(context > 0 && context <= MAX_VIEW, "context", "must be in (0, " + MAX_VIEW + "]", context)
                .verify();
    }

    private static boolean areWidths(List<Integer> widths) {
        return widths.stream().allMatch(NetworkSettings::isWidth);
    }

    /** Crops of 32 pixels: the box and half of it, and three times the box. */
    public static CropArchitecture withDefaults() {
        return new CropArchitecture(32, 1.5, List.of(16, 24, 48, 96), 3, List.of(16, 24, 48, 64));
    }

    /** How much each view shows, in sides of the box: the close one first. */
    public List<Double> views() {
        return contextWidths.isEmpty() ? List.of(view) : List.of(view, context);
    }

    /** Bytes of a pixel: red, green and blue of each view. */
    public int channels() {
        return 3 * views().size();
    }

    /** Bytes of a crop with all its views. */
    public int bytes() {
        return side * side * channels();
    }
}
