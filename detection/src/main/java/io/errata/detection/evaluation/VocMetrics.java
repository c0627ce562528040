package io.errata.detection.evaluation;

import static java.util.Comparator.comparingDouble;
import static java.util.Objects.requireNonNull;

import io.errata.core.geometry.Box;
import io.errata.datasets.Dataset;
import io.errata.detection.Detection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Pascal VOC's average precision (Everingham et al. 2010, "The Pascal Visual Object Classes (VOC) challenge").
 *
 * <p>In the order of falling score (of equal ones by image, then in the order of its list) each detection goes to the object of
 * its class and image with the highest IoU, the first of equal ones, taken or not. If that IoU is below the threshold it is a false
 * positive; else, if the object is difficult or crowd, it is left out; else it is true if the object is free, and false if it is
 * taken. Difficult and crowd objects need not be found. There is no limit to the number of detections.
 *
 * @param interpolation how the average is taken
 * @param iou the least IoU of a true positive, in (0, 1]
 * @param inclusivePixels whether boxes end on their last pixel, as in VOC's own program: 1 is added to every width and height.
 *     The coordinates must then be VOC's, not moved by a reader to continuous ones
 */
public record VocMetrics(Interpolation interpolation, double iou, boolean inclusivePixels) {

    /** How an average precision is taken from a curve. */
    public enum Interpolation {
        /** VOC 2007: the mean at the recalls 0, 0.1, …, 1. */
        ELEVEN_POINT(DetectionCurve::elevenPointAveragePrecision),
        /** VOC 2010 and later: the area under the interpolated precision. */
        EVERY_POINT(DetectionCurve::areaUnderEnvelope);

        @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
        private final ToDoubleFunction<DetectionCurve> average;

        Interpolation(ToDoubleFunction<DetectionCurve> average) {
            this.average = average;
        }
    }

    public VocMetrics {
        requireNonNull(interpolation, "interpolation");
        if (!(iou > 0 && iou <= 1)) {
            throw new IllegalArgumentException("iou must be in (0, 1], found " + iou);
        }
    }

    /** VOC 2007: 11 recalls, IoU .5, continuous boxes. */
    public static VocMetrics voc07() {
        return new VocMetrics(Interpolation.ELEVEN_POINT, 0.5, false);
    }

    /** VOC 2010: area under the envelope, IoU .5, continuous boxes. */
    public static VocMetrics voc10() {
        return new VocMetrics(Interpolation.EVERY_POINT, 0.5, false);
    }

    /** The same at another IoU, in (0, 1]. */
    public VocMetrics withIou(double iou) {
        return new VocMetrics(interpolation, iou, inclusivePixels);
    }

    /** The same with 1 added to every width and height, for parity with VOC's own program. */
    public VocMetrics withInclusivePixels() {
        return new VocMetrics(interpolation, iou, true);
    }

    /**
     * The mean average precision over the classes that have ground truth.
     *
     * @return in [0, 1]; NaN where no class has ground truth
     * @throws IllegalArgumentException as {@link Evaluation#of}
     */
    public double map(Dataset truth, List<List<Detection>> detections) {
        return averagePrecisions(truth, detections).values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(ap -> !Double.isNaN(ap))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * The average precision of each class, in the order of the dataset's classes; NaN for one without ground truth.
     *
     * @throws IllegalArgumentException as {@link Evaluation#of}
     */
    public Map<String, Double> averagePrecisions(Dataset truth, List<List<Detection>> detections) {
        Map<String, Double> averages = new LinkedHashMap<>();
        ImageObjects.byClass(truth, detections)
                .forEach((label, objects) -> averages.put(
                        label,
                        interpolation.average.applyAsDouble(
                                curve(objects, truth.images().size()))));
        return Collections.unmodifiableMap(averages);
    }

    private DetectionCurve curve(List<ImageObjects> ofClass, int images) {
        List<Counted> counted = new ArrayList<>();
        int groundTruths = 0;
        for (ImageObjects objects : ofClass) {
            match(objects, counted);
            groundTruths += (int) objects.truths().stream()
                    .filter(object -> !object.ignored())
                    .count();
        }
        counted.sort(comparingDouble(detection -> 0.0 - detection.score)); // 0.0 equals -0.0
        double[] scores = new double[counted.size()];
        boolean[] correct = new boolean[counted.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = counted.get(i).score;
            correct[i] = counted.get(i).correct;
        }
        return DetectionCurve.of(scores, correct, groundTruths, images);
    }

    private record Counted(double score, boolean correct) {}

    private void match(ImageObjects objects, List<Counted> counted) {
        boolean[] taken = new boolean[objects.truths().size()];
        for (Detection detection : objects.detections()) {
            int best = -1;
            double most = 0;
            for (int g = 0; g < taken.length; g++) {
                double overlap =
                        overlap(detection.box(), objects.truths().get(g).box());
                if (overlap > most) {
                    best = g;
                    most = overlap;
                }
            }
            if (most < iou) {
                counted.add(new Counted(detection.score(), false));
            } else if (!objects.truths().get(best).ignored()) {
                counted.add(new Counted(detection.score(), !taken[best]));
                taken[best] = true;
            }
        }
    }

    private double overlap(Box a, Box b) {
        return inclusivePixels ? inclusive(a).iou(inclusive(b)) : a.iou(b);
    }

    private static Box inclusive(Box box) {
        return new Box(box.x1(), box.y1(), box.x2() + 1, box.y2() + 1);
    }
}
