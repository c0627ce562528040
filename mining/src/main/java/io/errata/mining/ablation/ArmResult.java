package io.errata.mining.ablation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of one arm. Its figures are those on the test images where there are any, else on the validation images.
 *
 * @param arm what was set
 * @param ap50 over the seeds, as are the next three
 * @param ap over the seeds
 * @param lamr log-average miss rate
 * @param seconds of training and of scanning
 * @param ap50PerClass the mean AP50 of each class; NaN for a class without ground truth
 * @param difference of AP50 from the baseline; {@code null} for the baseline itself
 * @param verdict what the difference shows; {@code null} for the baseline itself
 * @param runs in the order of the seeds
 */
public record ArmResult(
        Arm arm,
        @JsonProperty("ap50") Spread ap50,
        Spread ap,
        Spread lamr,
        Spread seconds,
        @JsonProperty("ap50_per_class") Map<String, Double> ap50PerClass,
        @Nullable PairedDifference difference,
        @Nullable Verdict verdict,
        List<SeedRun> runs) {

    public ArmResult {
        ap50PerClass = Collections.unmodifiableMap(new LinkedHashMap<>(ap50PerClass));
        runs = List.copyOf(runs);
    }

    static ArmResult baseline(Arm arm, List<SeedRun> runs) {
        return of(arm, runs, null);
    }

    /** Only seeds that both have trained are paired; the others count in the arm's own spread. */
    static ArmResult comparedWith(List<SeedRun> baseline, Arm arm, List<SeedRun> runs) {
        return of(arm, runs, PairedDifference.between(ap50(baseline, seeds(runs)), ap50(runs, seeds(baseline))));
    }

    private static ArmResult of(Arm arm, List<SeedRun> runs, @Nullable PairedDifference difference) {
        Map<String, Double> perClass = new LinkedHashMap<>();
        if (!runs.isEmpty()) {
            for (String label : runs.get(0).figures().ap50PerClass().keySet()) {
                double mean = spread(runs, run -> run.figures().ap50PerClass().getOrDefault(label, Double.NaN))
                        .mean();
                perClass.put(label, mean);
            }
        }
        return new ArmResult(
                arm,
                spread(runs, run -> run.figures().ap50()),
                spread(runs, run -> run.figures().ap()),
                spread(runs, run -> run.figures().lamr()),
                spread(runs, SeedRun::seconds),
                perClass,
                difference,
                difference == null ? null : difference.verdict(),
                runs);
    }

    private static Spread spread(List<SeedRun> runs, ToDoubleFunction<SeedRun> figure) {
        return Spread.of(runs.stream().mapToDouble(figure).toArray());
    }

    private static Set<Long> seeds(List<SeedRun> runs) {
        return runs.stream().map(SeedRun::seed).collect(Collectors.toSet());
    }

    private static double[] ap50(List<SeedRun> runs, Set<Long> seeds) {
        return runs.stream()
                .filter(run -> seeds.contains(run.seed()))
                .mapToDouble(run -> run.figures().ap50())
                .toArray();
    }
}
