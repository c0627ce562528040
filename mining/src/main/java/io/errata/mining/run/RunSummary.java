package io.errata.mining.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.errata.datasets.ClassMapping;
import io.errata.datasets.window.GridRecall;
import io.errata.detection.evaluation.Figures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}: the result of a run, rewritten after every round.
 *
 * @param format the version of this file; 1 had no such number
 * @param status {@code running} or {@code finished}
 * @param seed every random choice follows from it
 * @param device where the network was trained
 * @param strategy where negatives came from
 * @param classes in the order of their indices
 * @param stopReason why the run ended; {@code null} while it has not
 * @param bestRound the round whose model was kept; {@code null} before the first
 * @param best the kept detector's figures on the validation images: of that round's network, with the second stage where that is kept
 * @param refit the same after its outputs were learned anew; {@code null} where they were not
 * @param secondStage what training the second stage did; {@code null} before it, and where there is none
 * @param images how many were trained on and validated on
 * @param gridRecall what share of the training objects the windows can reach
 * @param skipped what was left out because it was bad
 * @param mapping classes that were merged or left out; none in earlier versions
 * @param notes what should be known of how the data were read, and the images without objects that look as if they had some
 * @param rounds all rounds so far
 */
public record RunSummary(
        @JsonProperty(isRequired = OptBoolean.FALSE) int format,
        String status,
        long seed,
        String device,
        String strategy,
        List<String> classes,
        @Nullable String stopReason,
        @Nullable Integer bestRound,
        @Nullable Figures best,
        @Nullable Figures refit,

        @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable
        SecondStageResult secondStage,

        Images images,
        GridRecall gridRecall,
        int skipped,

        @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable
        ClassMapping mapping,

        @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable
        List<String> notes,

        List<RoundResult> rounds) {

    /** The version that is written. */
    public static final int FORMAT = 2;

    public RunSummary {
        format = Math.max(1, format);
        classes = List.copyOf(classes);
        mapping = mapping == null ? ClassMapping.none() : mapping;
        notes = notes == null ? List.of() : List.copyOf(notes);
        rounds = List.copyOf(rounds);
    }

    @Override
    public ClassMapping mapping() {
        return requireNonNull(mapping);
    }

    @Override
    public List<String> notes() {
        return requireNonNull(notes);
    }

    /** How many images each part has. */
    public record Images(int training, int validation) {}
}
