package io.errata.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.errata.datasets.Dataset;
import io.errata.detection.Detection;
import io.errata.detection.evaluation.ClassEvaluation;
import io.errata.detection.evaluation.Evaluation;
import io.errata.detection.evaluation.VocMetrics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code errata evaluate} tells.
 *
 * @param evaluation COCO's metrics and the miss rate
 * @param voc VOC's metric, where it was asked for
 * @param averages its average precision of each class
 */
record EvaluationReport(Evaluation evaluation, @Nullable VocMetrics voc, Map<String, Double> averages) {

    static EvaluationReport of(Dataset truth, List<List<Detection>> detections, @Nullable VocMetrics voc) {
        return new EvaluationReport(
                Evaluation.of(truth, detections),
                voc,
                voc == null ? Map.of() : voc.averagePrecisions(truth, detections));
    }

    /** The mean of VOC's average precisions over the classes with ground truth; NaN where there is none. */
    private double map() {
        return averages.values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(ap -> !Double.isNaN(ap))
                .average()
                .orElse(Double.NaN);
    }

    ObjectNode toJson() {
        ObjectNode json = evaluation.toJson();
        if (voc != null) {
            double map = map();
            json.put("map", Double.isNaN(map) ? null : Double.valueOf(map));
            json.put("iou", voc.iou());
        }
        return json;
    }

    void print(PrintWriter out) {
        String vocHead = voc == null
                ? ""
                : String.format(Locale.ROOT, " %8s", String.format(Locale.ROOT, "VOC@%.2f", voc.iou()));
        out.printf(
                Locale.ROOT,
                "%-24s %8s %8s %10s%s %14s%n",
                "class",
                "AP50",
                "AP",
                "miss rate",
                vocHead,
                "ground truths");
        evaluation.perClass().forEach((label, ofClass) -> {
            double average = averages.getOrDefault(label, Double.NaN);
            print(out, label, ofClass.ap50(), ofClass.ap(), ofClass.lamr(), average, ofClass.groundTruths());
        });
        int truths = evaluation.perClass().values().stream()
                .mapToInt(ClassEvaluation::groundTruths)
                .sum();
        print(out, "mean", evaluation.ap50(), evaluation.ap(), evaluation.lamr(), map(), truths);
        out.println("on " + evaluation.images() + " images");
        if (evaluation.falseAlarms().images() > 0) {
            out.println(evaluation.falseAlarms());
        }
    }

    private void print(PrintWriter out, String label, double ap50, double ap, double lamr, double average, int truths) {
        String ofVoc = voc == null ? "" : String.format(Locale.ROOT, " %8s", shown(average));
        out.printf(
                Locale.ROOT, "%-24s %8s %8s %10s%s %14d%n", label, shown(ap50), shown(ap), shown(lamr), ofVoc, truths);
    }

    /** Without ground truth there is no figure. */
    private static String shown(double figure) {
        return Double.isNaN(figure) ? "-" : String.format(Locale.ROOT, "%.3f", figure);
    }
}
