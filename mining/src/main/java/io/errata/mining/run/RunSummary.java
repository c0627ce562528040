package io.errata.mining.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.errata.datasets.window.GridRecall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}: the result of a run, rewritten after every round.
 *
 * @param status {@code running} or {@code finished}
 * @param seed every random choice follows from
 * @param device where the network was trained
 * @param strategy where negatives came from
 * @param classes in the order of their indices
 * @param stopReason why the run ended; {@code null} while it has not
 * @param bestRound the round whose model was kept; {@code null} before the first
 * @param best its figures on the validation images
 * @param refit the same after its outputs were learned anew; {@code null} where they were not
 * @param images how many were trained on and validated on
 * @param gridRecall what share of the training objects the windows can reach
 * @param skipped what was left out because it was bad
 * @param rounds all rounds so far
 */
public record RunSummary(
        String status,
        long seed,
        String device,
        String strategy,
        List<String> classes,
        @Nullable String stopReason,
        @Nullable Integer bestRound,
        @Nullable Best best,
        @Nullable Best refit,
        Images images,
        GridRecall gridRecall,
        int skipped,
        List<RoundResult> rounds) {

    public RunSummary {
        classes = List.copyOf(classes);
        rounds = List.copyOf(rounds);
    }

    /** The figures of the best round. */
    public record Best(@JsonProperty("ap50") double ap50, double ap, double lamr) {}

    /** How many images each part has. */
    public record Images(int training, int validation) {}
}
