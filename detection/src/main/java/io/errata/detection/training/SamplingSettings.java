package io.errata.detection.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.errata.core.problem.ArgumentChecks;
import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.patch.MixSettings;
import io.errata.datasets.patch.PositiveSampling;
import io.errata.datasets.window.Labelling;

/**
 * Which windows are trained on, and how they are varied: section {@code sampling} of a configuration. The keys of the parts are keys of
 * the section.
 *
 * @param negativesPerPositive negatives for each positive, in (0, 1000]; default 3
 * @param labelling which windows are positive and which negative
 * @param jittered the share of a batch's positives that are shifted and scaled ground truth, the others being windows of the grid, in
 *     [0, 1]; default 0.5
 * @param positives how often objects are drawn
 * @param augmentation how patches are varied
 * @param mixing how patches are mixed in pairs
 */
public record SamplingSettings(
        double negativesPerPositive,
        @JsonUnwrapped Labelling labelling,
        double jittered,
        @JsonUnwrapped PositiveSampling positives,
        @JsonUnwrapped Augmentation augmentation,
        @JsonUnwrapped MixSettings mixing) {

    public SamplingSettings {
        new ArgumentChecks()
                .require(
                        negativesPerPositive > 0 && negativesPerPositive <= 1000,
                        "negativesPerPositive",
                        "must be in (0, 1000]",
                        negativesPerPositive)
                .require(jittered >= 0 && jittered <= 1, "jittered", "must be in [0, 1]", jittered)
                .verify();
    }

    /** Three negatives a positive, split at IoU 0.5 and 0.3. */
    public static SamplingSettings withDefaults() {
        return negativesPerPositive(3);
    }

    /** The defaults, with so many negatives for each positive. */
    public static SamplingSettings negativesPerPositive(double negatives) {
        return new SamplingSettings(
                negatives,
                Labelling.withDefaults(),
                0.5,
                PositiveSampling.withDefaults(),
                Augmentation.withDefaults(),
                MixSettings.withDefaults());
    }
}
