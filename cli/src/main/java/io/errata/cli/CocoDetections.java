package io.errata.cli;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.format.Coco;
import io.errata.detection.Detection;
import io.errata.detection.evaluation.CocoResults;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Ground truth in COCO's format, ready for detections that name its ids.
 *
 * @param dataset the images wanted, in the order of their ids, as pycocotools takes them; their files may be missing
 * @param imageIds the id of every image of the file by its name, whether wanted or not
 * @param classes class names by category id
 */
record CocoDetections(Dataset dataset, Map<String, String> imageIds, Map<String, String> classes) {

    private static final Pattern WHOLE = Pattern.compile("-?\\d+");

    /** Numbers in their order, before texts in theirs. */
    private static final Comparator<String> ORDER_OF_IDS = Comparator.comparing(
                    (String id) -> WHOLE.matcher(id).matches() ? new BigInteger(id) : null,
                    Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Comparator.naturalOrder());

    /** The annotations of a file and its ids. */
    static CocoDetections of(Coco.Ids ids, Dataset annotations) {
        Map<String, String> imageIds = new HashMap<>();
        ids.images().forEach((id, name) -> imageIds.put(name, id));
        List<AnnotatedImage> ordered = annotations.images().stream()
                .sorted(Comparator.comparing(image -> imageIds.getOrDefault(image.name(), ""), ORDER_OF_IDS))
                .toList();
        return new CocoDetections(new Dataset(annotations.classes(), ordered), imageIds, ids.classes());
    }

    /** Fractions would be no mistake of a detector, but of its units. */
    private void requirePixels(List<List<Detection>> detections, Path file) {
        boolean truthInPixels = dataset.images().stream()
                .flatMap(image -> image.objects().stream())
                .anyMatch(object -> object.box().x2() > 1 || object.box().y2() > 1);
        List<Box> boxes =
                detections.stream().flatMap(List::stream).map(Detection::box).toList();
        boolean fractions = !boxes.isEmpty()
                && boxes.stream().allMatch(box -> box.x1() >= 0 && box.y1() >= 0 && box.x2() <= 1 && box.y2() <= 1);
        if (truthInPixels && fractions) {
            throw new InvalidInputException(Problem.inFile(
                    file.toString(),
                    "bad-unit",
                    "bbox must be in pixels, found all within the first pixel, as fractions of an image are; multiply them"
                            + " by its width and height"));
        }
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
        requirePixels(all, file);
        return dataset.images().stream()
                .map(image -> byName.getOrDefault(image.name(), List.of()))
                .toList();
    }
}
