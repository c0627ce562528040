package io.errata.detection.network;

import io.errata.core.problem.ArgumentChecks;
import java.util.List;

/**
 * The plan of a small residual network that looks at one box through several views of it: a convolution and residual blocks that each
 * halve the crop, then one linear layer.
 *
 * @param side of a crop in pixels, a multiple of 2 to the power of the number of widths
 * @param widths channels of the convolution, then of the residual blocks
 * @param views how much each view shows: sides of the box, such as 1.5 for the box and a quarter of it on each side
 */
public record CropArchitecture(int side, List<Integer> widths, List<Double> views) {

    private static final int MAX_SIDE = 256;
    private static final int MAX_VIEWS = 4;
    private static final double MAX_VIEW = 16;

    public CropArchitecture {
        widths = List.copyOf(widths);
        views = List.copyOf(views);
        int depth = widths.size();
        new ArgumentChecks()
                .require(depth >= 1 && depth <= 7, "widths", "must have 1 to 7 numbers", widths)
                .require(
                        widths.stream().allMatch(NetworkSettings::isWidth),
                        "widths",
                        "must be in [1, " + NetworkSettings.MAX_WIDTH + "] each",
                        widths)
                .require(
                        side > 0 && side <= MAX_SIDE && side % (1 << Math.min(depth, 8)) == 0,
                        "side",
                        "must be a multiple of 2 to the power of the number of widths (" + (1 << Math.min(depth, 8))
                                + ") in [1, " + MAX_SIDE + "]",
                        side)
                .require(
                        !views.isEmpty()
                                && views.size() <= MAX_VIEWS
                                && views.stream().allMatch(view -> view > 0 && view <= MAX_VIEW),
                        "views",
                        "must be 1 to " + MAX_VIEWS + " numbers in (0, " + MAX_VIEW + "]",
                        views)
                .verify();
    }

    /** Crops of 48 pixels of the box, half as large again, and of three times the box. */
    public static CropArchitecture withDefaults() {
        return new CropArchitecture(48, List.of(24, 32, 64, 96), List.of(1.5, 3.0));
    }

    /** Bytes of a pixel: red, green and blue of each view. */
    public int channels() {
        return 3 * views.size();
    }

    /** Bytes of a crop with all its views. */
    public int bytes() {
        return side * side * channels();
    }
}
