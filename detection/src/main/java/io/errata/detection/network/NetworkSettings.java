package io.errata.detection.network;

import io.errata.core.problem.ArgumentChecks;
import java.util.List;

/**
 * The fully convolutional network that scores a patch, and what looks again at what it found: section {@code network} of a
 * configuration.
 *
 * @param widths channels of its convolutions, from the image on, each in [1, 1024], 1 to 12 of them; default 16, 24, 32, 48, 48, 64.
 *     Doubling them all gains little and costs 2.5 times the time
 * @param batchNorm whether batch normalisation follows each convolution; default true. It is folded into the weights for scanning
 * @param boxRegression whether the network also moves a window's box onto its object; default true: one scale an octave less is
 *     needed, and boxes fit
 * @param secondStage what looks again at the boxes it found; default {@code residual}
 */
public record NetworkSettings(
        List<Integer> widths, boolean batchNorm, boolean boxRegression, SecondStageSettings secondStage) {

    private static final int MAX_LAYERS = 12;
    /** Channels of a convolution at most. */
    static final int MAX_WIDTH = 1024;

    public NetworkSettings {
        widths = List.copyOf(widths);
        new ArgumentChecks()
                .require(
                        !widths.isEmpty() && widths.size() <= MAX_LAYERS, "widths", "must have 1 to 12 numbers", widths)
                .require(
                        widths.stream().allMatch(NetworkSettings::isWidth),
                        "widths",
                        "must be in [1, 1024] each",
                        widths)
                .verify();
    }

    static boolean isWidth(int width) {
        return width >= 1 && width <= MAX_WIDTH;
    }

    /** Six convolutions of 16 to 64 channels with batch normalisation and box regression, and the residual second stage. */
    public static NetworkSettings withDefaults() {
        return new NetworkSettings(List.of(16, 24, 32, 48, 48, 64), true, true, SecondStageSettings.withDefaults());
    }
}
