package io.errata.detection.evaluation;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.Pixels;
import io.errata.detection.Detection;
import java.util.ArrayList;
import java.util.List;

/** A dataset and its detections, built image by image. */
final class Cases {

    private final List<String> classes;
    private final List<List<GroundTruth>> truths = new ArrayList<>();
    private final List<List<Detection>> detections = new ArrayList<>();

    Cases(List<String> classes, int images) {
        this.classes = classes;
        for (int i = 0; i < images; i++) {
            truths.add(new ArrayList<>());
            detections.add(new ArrayList<>());
        }
    }

    static Cases ofOneClass(int images) {
        return new Cases(List.of("cell"), images);
    }

    Cases truth(int image, GroundTruth object) {
        truths.get(image).add(object);
        return this;
    }

    Cases truth(int image, Box box) {
        return truth(image, GroundTruth.of(classes.get(0), box));
    }

    Cases difficult(int image, Box box) {
        return truth(image, new GroundTruth(classes.get(0), box, box.area(), true, false));
    }

    Cases crowd(int image, Box box) {
        return truth(image, new GroundTruth(classes.get(0), box, box.area(), false, true));
    }

    Cases found(int image, Detection detection) {
        detections.get(image).add(detection);
        return this;
    }

    Cases found(int image, double score, Box box) {
        return found(image, new Detection(classes.get(0), score, box));
    }

    Dataset dataset() {
        List<AnnotatedImage> images = new ArrayList<>();
        for (List<GroundTruth> objects : truths) {
            images.add(new AnnotatedImage(
                    "image" + images.size(), () -> new Pixels(1, 1, new byte[3]), 1000, 1000, objects));
        }
        return new Dataset(classes, images);
    }

    List<List<Detection>> detections() {
        return detections;
    }

    Evaluation evaluate() {
        return Evaluation.of(dataset(), detections);
    }
}
