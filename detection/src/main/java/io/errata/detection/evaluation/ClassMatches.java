package io.errata.detection.evaluation;

import static java.util.Comparator.comparingDouble;

import io.errata.detection.evaluation.CocoMatching.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One class's detections of all images, matched by COCO's rules: flat arrays that every curve is read from. The arrays are in the
 * order of the images; {@code order} sorts them by falling score.
 */
final class ClassMatches {

    /** The detections of a class that count on one image, the best scored. */
    static final int LIMIT = 100;

    /** {@code 0.50, 0.55, …, 0.95}, in the arithmetic of numpy's linspace, which pycocotools uses. */
    private static final double[] THRESHOLDS = IntStream.range(0, 10)
            .mapToDouble(i -> 0.5 + i * ((0.95 - 0.5) / 9))
            .toArray();

    private static final int IOU_50 = 0;
    private static final int IOU_75 = 5;

    private final int images;
    private final List<CocoMatching> matchings;
    private final double[] scores; // [D]
    private final int[] ranks; // [D], among its image's detections
    private final int[] order; // [D], best score first; equal ones stay in order

    /** @param images the number of images of the dataset, those without this class included */
    ClassMatches(List<ImageObjects> ofClass, int images) {
        this.images = images;
        this.matchings = ofClass.stream()
                .map(objects -> new CocoMatching(objects, LIMIT))
                .toList();
        this.scores = matchings.stream()
                .flatMapToDouble(matching -> IntStream.range(0, matching.size()).mapToDouble(matching::score))
                .toArray();
        this.ranks = matchings.stream()
                .flatMapToInt(matching -> IntStream.range(0, matching.size()))
                .toArray();
        this.order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(comparingDouble(i -> 0.0 - scores[i])) // 0.0 equals -0.0
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** All numbers of this class. */
    ClassEvaluation evaluate() {
        Matched matched = match(AreaRange.ALL);
        List<DetectionCurve> all = curves(matched, LIMIT);
        List<DetectionCurve> small = curves(match(AreaRange.SMALL), LIMIT);
        List<DetectionCurve> medium = curves(match(AreaRange.MEDIUM), LIMIT);
        List<DetectionCurve> large = curves(match(AreaRange.LARGE), LIMIT);
        return new ClassEvaluation(
                mean(all, DetectionCurve::averagePrecision),
                all.get(IOU_50).averagePrecision(),
                all.get(IOU_75).averagePrecision(),
                mean(small, DetectionCurve::averagePrecision),
                mean(medium, DetectionCurve::averagePrecision),
                mean(large, DetectionCurve::averagePrecision),
                mean(curves(matched, 1), DetectionCurve::finalRecall),
                mean(curves(matched, 10), DetectionCurve::finalRecall),
                mean(all, DetectionCurve::finalRecall),
                mean(small, DetectionCurve::finalRecall),
                mean(medium, DetectionCurve::finalRecall),
                mean(large, DetectionCurve::finalRecall),
                all.get(IOU_50));
    }

    private static double mean(List<DetectionCurve> curves, ToDoubleFunction<DetectionCurve> metric) {
        return curves.stream().mapToDouble(metric).average().orElseThrow();
    }

    /** What became of the detections in an area range: for each threshold {@code [D]}. */
    private record Matched(List<Outcome[]> outcomes, int groundTruths) {}

    private Matched match(AreaRange range) {
        List<Outcome[]> outcomes = Arrays.stream(THRESHOLDS)
                .mapToObj(threshold -> new Outcome[scores.length])
                .toList();
        int offset = 0;
        int groundTruths = 0;
        for (CocoMatching matching : matchings) {
            Outcome[][] ofImage = matching.outcomes(range, THRESHOLDS);
            for (int t = 0; t < THRESHOLDS.length; t++) {
                System.arraycopy(ofImage[t], 0, outcomes.get(t), offset, matching.size());
            }
            offset += matching.size();
            groundTruths += matching.groundTruths(range);
        }
        return new Matched(outcomes, groundTruths);
    }

    /** For each threshold the curve of the {@code limit} best detections of each image. */
    private List<DetectionCurve> curves(Matched matched, int limit) {
        return matched.outcomes.stream()
                .map(outcomes -> curve(outcomes, matched.groundTruths, limit))
                .toList();
    }

    private DetectionCurve curve(Outcome[] outcomes, int groundTruths, int limit) {
        double[] kept = new double[order.length];
        boolean[] correct = new boolean[order.length];
        int count = 0;
        for (int i : order) {
            if (ranks[i] < limit && outcomes[i] != Outcome.IGNORED) {
                kept[count] = scores[i];
                correct[count] = outcomes[i] == Outcome.TRUE_POSITIVE;
                count++;
            }
        }
        return DetectionCurve.of(Arrays.copyOf(kept, count), Arrays.copyOf(correct, count), groundTruths, images);
    }
}
