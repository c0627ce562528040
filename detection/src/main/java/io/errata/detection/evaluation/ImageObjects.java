package io.errata.detection.evaluation;

import static java.util.Comparator.comparingDouble;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.detection.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one image has of one class.
 *
 * @param truths the annotated objects, in their order
 * @param detections the best scored first, equal scores in their order
 */
record ImageObjects(List<GroundTruth> truths, List<Detection> detections) {

    /**
     * Sorts a dataset and its detections by class: for each class the images that have anything of it, in their order.
     *
     * @throws IllegalArgumentException if there are not as many lists of detections as images, a detection's label is none of
     *     the classes, or a score, box or area is not finite
     */
    static Map<String, List<ImageObjects>> byClass(Dataset truth, List<List<Detection>> detections) {
        if (truth.images().size() != detections.size()) {
            throw new IllegalArgumentException("detections must hold one list for each of the "
                    + truth.images().size() + " images, found " + detections.size());
        }
        Map<String, List<ImageObjects>> byClass = new LinkedHashMap<>();
        truth.classes().forEach(label -> byClass.put(label, new ArrayList<>()));
        for (int i = 0; i < detections.size(); i++) {
            AnnotatedImage image = truth.images().get(i);
            split(image, detections.get(i)).forEach((label, objects) -> {
                List<ImageObjects> ofClass = byClass.get(label);
                if (ofClass == null) {
                    throw new IllegalArgumentException("label of a detection on " + image.name()
                            + " must be one of the classes " + truth.classes() + ", found " + label);
                }
                objects.detections.sort(comparingDouble(detection -> 0.0 - detection.score())); // 0.0 equals -0.0
                ofClass.add(objects);
            });
        }
        return byClass;
    }

    private static Map<String, ImageObjects> split(AnnotatedImage image, List<Detection> detections) {
        Map<String, ImageObjects> byLabel = new HashMap<>();
        for (GroundTruth object : image.objects()) {
            requireFinite(object.box(), object.area(), image, object);
            byLabel.computeIfAbsent(object.label(), ImageObjects::none).truths.add(object);
        }
        for (Detection detection : detections) {
            requireFinite(detection.box(), detection.score(), image, detection);
            byLabel.computeIfAbsent(detection.label(), ImageObjects::none)
                    .detections
                    .add(detection);
        }
        return byLabel;
    }

    private static ImageObjects none(String label) {
        return new ImageObjects(new ArrayList<>(), new ArrayList<>());
    }

    private static void requireFinite(Box box, double number, AnnotatedImage image, Object found) {
        if (!Double.isFinite(box.x1() + box.y1() + box.x2() + box.y2() + number)) {
            throw new IllegalArgumentException(
                    "score, box and area must be finite, found " + found + " on " + image.name());
        }
    }
}
