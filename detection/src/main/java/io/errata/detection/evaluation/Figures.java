package io.errata.detection.evaluation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good one detector is on one set of images: the figures that a round, a run's summary, a refit and an ablation tell. To add one, add
 * a component here, read it off the evaluation in {@link #of}, and tell it in {@link #toString}. A figure that a file of an earlier
 * version does not have is NaN.
 *
 * @param ap50 average precision at IoU .5, mean over the classes; NaN where there is no ground truth, as are the others
 * @param ap over IoU .50:.05:.95
 * @param lamr log-average miss rate at IoU .5; less is better
 * @param ap50PerClass AP50 of each class, in the order of the classes
 */
public record Figures(
        @JsonProperty(value = "ap50", isRequired = OptBoolean.FALSE)
        double ap50,

        @JsonProperty(isRequired = OptBoolean.FALSE) double ap,
        @JsonProperty(isRequired = OptBoolean.FALSE) double lamr,

        @JsonProperty(value = "ap50_per_class", isRequired = OptBoolean.FALSE) @Nullable
        Map<String, Double> ap50PerClass) {

    public Figures {
        ap50PerClass = Collections.unmodifiableMap(new LinkedHashMap<>(ap50PerClass == null ? Map.of() : ap50PerClass));
    }

    @Override
    public Map<String, Double> ap50PerClass() {
        return requireNonNull(ap50PerClass);
    }

    /** The figures of an evaluation. */
    public static Figures of(Evaluation evaluation) {
        Map<String, Double> perClass = new LinkedHashMap<>();
        evaluation.perClass().forEach((label, ofClass) -> perClass.put(label, ofClass.ap50()));
        return new Figures(evaluation.ap50(), evaluation.ap(), evaluation.lamr(), perClass);
    }

    /** In words, without those of the classes: {@code AP50 0.848, AP 0.606, miss rate 0.041}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "AP50 %.3f, AP %.3f, miss rate %.3f", ap50, ap, lamr);
    }
}
