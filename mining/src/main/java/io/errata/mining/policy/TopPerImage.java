package io.errata.mining.policy;

import io.errata.core.problem.ArgumentChecks;
import io.errata.detection.scan.ScoredWindows;
import java.util.OptionalInt;

/**
 * {@code mining.policy: {type: top_per_image}}: the windows of an image with the largest scores.
 *
 * @param perImage how many at most, at least 1; default 20
 */
public record TopPerImage(int perImage) implements NamedPolicy {

    public TopPerImage {
        ArgumentChecks.check(perImage >= 1, "perImage", "must be ≥ 1", perImage);
    }

    /** Twenty. */
    public static TopPerImage withDefaults() {
        return new TopPerImage(20);
    }

    @Override
    public String type() {
        return "top_per_image";
    }

    @Override
    public int candidatesPerImage() {
        return Math.max(perImage, NamedPolicy.super.candidatesPerImage());
    }

    @Override
    public OptionalInt limitPerImage() {
        return OptionalInt.of(perImage);
    }

    @Override
    public ScoredWindows choose(ScoredWindows candidates, WindowHistory history) {
        return candidates.topPerImage(perImage);
    }
}
