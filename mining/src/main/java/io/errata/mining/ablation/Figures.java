package io.errata.mining.ablation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.errata.detection.evaluation.Evaluation;
import io.errata.mining.run.RoundResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good one detector is on one set of images. Each is NaN where there is no ground truth.
 *
 * @param ap50 average precision at IoU .5, mean over the classes
 * @param ap over IoU .50:.05:.95
 * @param lamr log-average miss rate at IoU .5; less is better
 * @param ap50PerClass AP50 of each class, in the order of the classes
 */
public record Figures(
        @JsonProperty("ap50") double ap50,
        double ap,
        double lamr,
        @JsonProperty("ap50_per_class") Map<String, Double> ap50PerClass) {

    public Figures {
        ap50PerClass = Collections.unmodifiableMap(new LinkedHashMap<>(ap50PerClass));
    }

    static Figures of(Evaluation evaluation) {
        Map<String, Double> perClass = new LinkedHashMap<>();
        evaluation.perClass().forEach((label, ofClass) -> perClass.put(label, ofClass.ap50()));
        return new Figures(evaluation.ap50(), evaluation.ap(), evaluation.lamr(), perClass);
    }

    /** On the validation images, as the run found them. */
    static Figures of(RoundResult best) {
        return new Figures(best.ap50(), best.ap(), best.lamr(), best.ap50PerClass());
    }
}
