package io.errata.detection.evaluation;

import io.errata.datasets.Dataset;
import io.errata.detection.Detection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * False positives on the images that show no object at all, of any class: there every detection is one. Average precision does not see
 * how many there are where no object is to be found.
 *
 * @param images how many images show none
 * @param all all detections on them
 * @param atHalf those with a score of at least 0.5
 */
public record FalseAlarms(int images, Count all, Count atHalf) {

    private static final double HALF = 0.5;

    /**
     * How many there are.
     *
     * @param falsePositives detections
     * @param imagesWithSome images with at least one
     */
    public record Count(int falsePositives, int imagesWithSome) {

        private static Count of(List<List<Detection>> background, double score) {
            List<Long> perImage = background.stream()
                    .map(found -> found.stream()
                            .filter(detection -> detection.score() >= score)
                            .count())
                    .filter(count -> count > 0)
                    .toList();
            return new Count((int) perImage.stream().mapToLong(Long::longValue).sum(), perImage.size());
        }

        private String on(int images) {
            return String.format(
                    Locale.ROOT,
                    "%d false positives, %.2f per image, %d of %d images have one",
                    falsePositives,
                    (double) falsePositives / images,
                    imagesWithSome,
                    images);
        }
    }

    /** Counts the detections on images without objects; {@code detections} are in the order of the images. */
    static FalseAlarms of(Dataset truth, List<List<Detection>> detections) {
        List<List<Detection>> background = IntStream.range(0, detections.size())
                .filter(image -> truth.images().get(image).objects().isEmpty())
                .mapToObj(detections::get)
                .toList();
        return new FalseAlarms(
                background.size(), Count.of(background, Double.NEGATIVE_INFINITY), Count.of(background, HALF));
    }

    /** In words; only where there is an image without objects. */
    @Override
    public String toString() {
        return images == 0
                ? "no image is without objects"
                : "images without objects: " + all.on(images) + "; at score ≥ 0.5: " + atHalf.on(images);
    }
}
