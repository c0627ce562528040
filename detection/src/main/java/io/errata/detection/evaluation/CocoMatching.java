package io.errata.detection.evaluation;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import io.errata.detection.Detection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * COCO's assignment of one image's detections of one class to the annotated objects. The overlaps are computed once, for every
 * area range and threshold; the rules are those of {@link Evaluation}. All arithmetic is in double precision and in the order of
 * pycocotools, so that coordinates exact in binary give the same overlaps to the last bit.
 */
final class CocoMatching {

    private final List<GroundTruth> truths;
    private final List<Detection> detections;
    private final double[] overlaps; // [D, G]

    /** @param objects of which the {@code limit} best scored detections take part */
    CocoMatching(ImageObjects objects, int limit) {
        this.truths = objects.truths();
        this.detections = objects.detections()
                .subList(0, Math.min(limit, objects.detections().size()));
        this.overlaps = new double[detections.size() * truths.size()];
        int pair = 0;
        for (Detection detection : detections) {
            for (GroundTruth truth : truths) {
                overlaps[pair++] = overlap(detection.box(), truth);
            }
        }
    }

    /** IoU; with a crowd the intersection over the detection's area. */
    private static double overlap(Box detection, GroundTruth truth) {
        if (!truth.crowd()) {
            return detection.iou(truth.box());
        }
        double shared = detection.intersection(truth.box());
        return shared > 0 ? shared / detection.area() : 0;
    }

    /** The number of detections that take part. */
    int size() {
        return detections.size();
    }

    double score(int detection) {
        return detections.get(detection).score();
    }

    /** The number of objects to be found in a range. */
    int groundTruths(AreaRange range) {
        int count = 0;
        for (boolean ignored : ignored(range)) {
            count += ignored ? 0 : 1;
        }
        return count;
    }

    private boolean[] ignored(AreaRange range) {
        boolean[] ignored = new boolean[truths.size()];
        for (int g = 0; g < ignored.length; g++) {
            ignored[g] =
                    truths.get(g).ignored() || !range.contains(truths.get(g).area());
        }
        return ignored;
    }

    /**
     * What becomes of each detection, under each of several thresholds.
     *
     * @return {@code [T, D]}
     */
    Outcome[][] outcomes(AreaRange range, double[] thresholds) {
        boolean[] ignored = ignored(range);
        int[] order = IntStream.concat(
                        IntStream.range(0, ignored.length).filter(g -> !ignored[g]),
                        IntStream.range(0, ignored.length).filter(g -> ignored[g]))
                .toArray();
        return Arrays.stream(thresholds)
                .mapToObj(threshold -> outcomes(range, threshold, order, ignored))
                .toArray(Outcome[][]::new);
    }

    private Outcome[] outcomes(AreaRange range, double threshold, int[] order, boolean[] ignored) {
        boolean[] taken = new boolean[truths.size()];
        Outcome[] outcomes = new Outcome[size()];
        for (int d = 0; d < outcomes.length; d++) {
            int best = bestTruth(d, threshold, order, ignored, taken);
            if (best >= 0) {
                taken[best] = !truths.get(best).crowd();
                outcomes[d] = ignored[best] ? Outcome.IGNORED : Outcome.TRUE_POSITIVE;
            } else {
                boolean counts = range.contains(detections.get(d).box().area());
                outcomes[d] = counts ? Outcome.FALSE_POSITIVE : Outcome.IGNORED;
            }
        }
        return outcomes;
    }

    /** The free object of most overlap, the last of equals, one that counts before any that is ignored; -1 for none. */
    private int bestTruth(int detection, double threshold, int[] order, boolean[] ignored, boolean[] taken) {
        int best = -1;
        double most = threshold;
        for (int g : order) {
            if (best >= 0 && ignored[g] && !ignored[best]) {
                break;
            }
            double overlap = overlaps[detection * truths.size() + g];
            if (!taken[g] && overlap >= most) {
                best = g;
                most = overlap;
            }
        }
        return best;
    }

    /** What becomes of a detection. */
    enum Outcome {
        TRUE_POSITIVE,
        FALSE_POSITIVE,
        /** Matched to an object that is ignored, or unmatched and outside the area range. */
        IGNORED
    }
}
