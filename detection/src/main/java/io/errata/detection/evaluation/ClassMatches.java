package io.errata.detection.evaluation;

import static java.util.Comparator.comparingDouble;

import io.errata.detection.evaluation.CocoMatching.Outcome;
import java.util.Arrays;
import java.util.List;
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
        Matched all = match(AreaRange.ALL);
        Matched small = match(AreaRange.SMALL);
        Matched medium = match(AreaRange.MEDIUM);
        Matched large = match(AreaRange.LARGE);
        DetectionCurve at50 = curve(all, IOU_50, LIMIT);
        return new ClassEvaluation(
                averagePrecision(all),
                at50.averagePrecision(),
                curve(all, IOU_75, LIMIT).averagePrecision(),
                averagePrecision(small),
                averagePrecision(medium),
                averagePrecision(large),
                averageRecall(all, 1),
                averageRecall(all, 10),
                averageRecall(all, LIMIT),
                averageRecall(small, LIMIT),
                averageRecall(medium, LIMIT),
                averageRecall(large, LIMIT),
                at50);
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

    private double averagePrecision(Matched matched) {
        return IntStream.range(0, THRESHOLDS.length)
                .mapToDouble(t -> curve(matched, t, LIMIT).averagePrecision())
                .average()
                .orElseThrow();
    }

    private double averageRecall(Matched matched, int limit) {
        return IntStream.range(0, THRESHOLDS.length)
                .mapToDouble(t -> curve(matched, t, limit).finalRecall())
                .average()
                .orElseThrow();
    }

    /** The curve of the {@code limit} best detections of each image. */
    private DetectionCurve curve(Matched matched, int threshold, int limit) {
        Outcome[] outcomes = matched.outcomes.get(threshold);
        int[] counted = Arrays.stream(order)
                .filter(i -> ranks[i] < limit && outcomes[i] != Outcome.IGNORED)
                .toArray();
        double[] kept = Arrays.stream(counted).mapToDouble(i -> scores[i]).toArray();
        boolean[] correct = new boolean[counted.length];
        for (int i = 0; i < counted.length; i++) {
            correct[i] = outcomes[counted[i]] == Outcome.TRUE_POSITIVE;
        }
        return DetectionCurve.of(kept, correct, matched.groundTruths, images);
    }
}
