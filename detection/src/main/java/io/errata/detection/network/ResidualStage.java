package io.errata.detection.network;

import io.errata.core.problem.ArgumentChecks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small residual network over crops of the boxes, trained after the rounds on what the first stage found on the training images.
 *
 * @param side of a crop in pixels, a multiple of 2 to the power of the number of widths; default 32
 * @param view how much the close view shows, in sides of the box; default 1.5
 * @param widths channels of its convolution, then of its residual blocks, each of which halves the crop; default 16, 24, 48, 96
 * @param context how much the other view shows, in sides of the box; default 3
 * @param contextWidths the channels of that, as many; none for no such view; default 16, 24, 48, 64
 * @param steps gradient steps, at least 1; by default three quarters of those of all rounds, which takes about as long as they do
 */
public record ResidualStage(
        int side,
        double view,
        List<Integer> widths,
        double context,
        List<Integer> contextWidths,
        @Nullable Integer steps)
        implements SecondStageSettings {

    public ResidualStage {
        widths = List.copyOf(widths);
        contextWidths = List.copyOf(contextWidths);
        new CropArchitecture(side, view, widths, context, contextWidths); // checks them
        ArgumentChecks.check(steps == null || steps >= 1, "steps", "must be ≥ 1 step", steps);
    }

    /** Crops of 32 pixels, and three quarters of the rounds' steps. */
    public static ResidualStage withDefaults() {
        CropArchitecture architecture = CropArchitecture.withDefaults();
        return new ResidualStage(
                architecture.side(),
                architecture.view(),
                architecture.widths(),
                architecture.context(),
                architecture.contextWidths(),
                null);
    }

    /** The network's layers and what they see. */
    public CropArchitecture architecture() {
        return new CropArchitecture(side, view, widths, context, contextWidths);
    }

    /**
     * Gradient steps.
     *
     * @param ofRounds of all rounds of the first stage
     */
    public int steps(long ofRounds) {
        return steps == null ? (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.round(0.75 * ofRounds))) : steps;
    }

    @Override
    public String type() {
        return "residual";
    }
}
