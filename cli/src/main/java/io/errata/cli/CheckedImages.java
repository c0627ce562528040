package io.errata.cli;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.image.Pixels;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Images whose reading is counted and whose faults are collected: one that cannot be read is black until everything has been looked
 * at, so that all faults are told together. Safe to use from several threads.
 */
final class CheckedImages {

    private final List<AnnotatedImage> images;
    private final Progress progress;
    private final Map<String, List<Problem>> faults = new ConcurrentHashMap<>();

    CheckedImages(List<AnnotatedImage> images, Progress progress) {
        this.images = images;
        this.progress = progress;
    }

    /** The same images, checked. */
    List<AnnotatedImage> images() {
        return images.stream()
                .map(image -> new AnnotatedImage(
                        image.name(), () -> read(image), image.width(), image.height(), image.objects()))
                .toList();
    }

    private Pixels read(AnnotatedImage image) {
        progress.step();
        try {
            return image.source().read();
        } catch (InvalidInputException e) {
            faults.put(image.name(), e.problems());
            return new Pixels(image.width(), image.height(), new byte[3 * image.width() * image.height()]);
        }
    }

    /** Whether an image could be read. */
    boolean isGood(AnnotatedImage image) {
        return !faults.containsKey(image.name());
    }

    /** What is wrong with those that could not, in the order of the images. */
    List<Problem> problems() {
        return images.stream()
                .flatMap(image -> faults.getOrDefault(image.name(), List.of()).stream())
                .toList();
    }

    /** Tells of every image that could not be read. */
    void verify() {
        if (!faults.isEmpty()) {
            throw new InvalidInputException(problems());
        }
    }
}
