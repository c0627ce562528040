package io.errata.mining.run;

import io.errata.core.loss.DeferredReweighting;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.Note;
import io.errata.datasets.Split;
import io.errata.datasets.window.WindowGeometry;
import io.errata.mining.config.JavaObjects;
import io.errata.mining.policy.MiningPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is given besides its configuration.
 *
 * @param given the images to train on, and to hold some out of where {@code validation} is {@code null}
 * @param validation the images that choose the best round; {@code null} to hold some out
 * @param split how
 * @param skipped problems of the data that were left out on purpose
 * @param notes what should be known of how the data were read
 * @param isNamed whether the configuration names these images
 * @param windows the window geometry; {@code null} for one that fits the boxes
 * @param loss the losses of the classes; {@code null} for the configured one
 * @param policy the mining policy; {@code null} for the configured one
 */
record RunInputs(
        Dataset given,
        @Nullable Dataset validation,
        Split split,
        List<Problem> skipped,
        List<Note> notes,
        boolean isNamed,
        @Nullable WindowGeometry windows,
        @Nullable DeferredReweighting loss,
        @Nullable MiningPolicy policy) {

    private static final Split DEFAULT_SPLIT = Split.fraction(0.2);

    static RunInputs of(Dataset given) {
        return new RunInputs(given, null, DEFAULT_SPLIT, List.of(), List.of(), false, null, null, null);
    }

    static RunInputs named(RunImages images) {
        return new RunInputs(
                images.train(),
                images.validation(),
                DEFAULT_SPLIT,
                images.skipped(),
                images.notes(),
                true,
                null,
                null,
                null);
    }

    RunInputs withValidation(Split newSplit) {
        return new RunInputs(given, null, newSplit, skipped, notes, false, windows, loss, policy);
    }

    RunInputs withValidation(Dataset images) {
        return new RunInputs(given, images, split, skipped, notes, false, windows, loss, policy);
    }

    RunInputs withWindows(WindowGeometry newWindows) {
        return new RunInputs(given, validation, split, skipped, notes, isNamed, newWindows, loss, policy);
    }

    RunInputs withLoss(@Nullable DeferredReweighting newLoss) {
        return new RunInputs(given, validation, split, skipped, notes, isNamed, windows, newLoss, policy);
    }

    RunInputs withPolicy(MiningPolicy newPolicy) {
        return new RunInputs(given, validation, split, skipped, notes, isNamed, windows, loss, newPolicy);
    }

    /** Both parts. */
    RunImages images() {
        if (validation != null) {
            return new RunImages(given, validation, skipped, notes);
        }
        Split.Sides sides = split.of(given);
        List<Note> all = new ArrayList<>(notes);
        all.addAll(sides.notes());
        return new RunImages(sides.training(), sides.heldOut(), skipped, all);
    }

    /** What was given as objects, in words. Tries the losses on a few numbers of so many classes, which loads the engine. */
    JavaObjects describe(int classes) {
        return new JavaObjects(
                isNamed ? null : "a Dataset",
                windows == null ? null : windows.toString(),
                loss == null ? null : ObjectDescription.of(loss, classes),
                policy == null ? null : ObjectDescription.of(policy));
    }
}
