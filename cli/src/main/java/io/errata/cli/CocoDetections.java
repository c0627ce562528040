package io.errata.cli;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.format.Coco;
import io.errata.datasets.format.DatasetSpec;
import io.errata.detection.Detection;
import io.errata.detection.evaluation.CocoResults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ground truth in COCO's format, ready for detections that name its ids.
 *
 * @param dataset the images wanted, in the order of their ids, as pycocotools takes them; their files may be missing
 * @param imageIds the id of every image of the file by its name, whether wanted or not
 * @param classes class names by category id
 */
record CocoDetections(Dataset dataset, Map<String, Long> imageIds, Map<Long, String> classes) {

    /** @throws InvalidInputException if it is no {@code coco:} specification, or its file is not sound */
    static CocoDetections truthOf(DatasetSpec spec) {
        Coco.Ids ids = spec.cocoIds();
        Dataset annotations = spec.readAnnotations().orThrow();
        Map<String, Long> imageIds = new HashMap<>();
        ids.images().forEach((id, name) -> imageIds.put(name, number(id, "images")));
        Map<Long, String> classes = new HashMap<>();
        ids.classes().forEach((id, label) -> classes.put(number(id, "categories"), label));
        List<AnnotatedImage> ordered = annotations.images().stream()
                .sorted(Comparator.comparing(image -> imageIds.getOrDefault(image.name(), Long.MAX_VALUE)))
                .toList();
        return new CocoDetections(new Dataset(annotations.classes(), ordered), imageIds, classes);
    }

    /**
     * The detections of a file for each image of the dataset; those of images that are not wanted are passed over.
     *
     * @throws InvalidInputException with every problem of the file
     */
    List<List<Detection>> read(Path file) {
        List<String> names = new ArrayList<>(imageIds.keySet());
        List<List<Detection>> all =
                CocoResults.read(file, names.stream().map(imageIds::get).toList(), classes);
        Map<String, List<Detection>> byName = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), all.get(i));
        }
        return dataset.images().stream()
                .map(image -> byName.getOrDefault(image.name(), List.of()))
                .toList();
    }

    private static long number(String id, String key) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(new Problem(
                    null,
                    null,
                    key,
                    "ids must be whole numbers where detections name them, found " + id,
                    "invalid-id"));
        }
    }
}
