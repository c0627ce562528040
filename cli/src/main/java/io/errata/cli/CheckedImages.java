package io.errata.cli;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.image.ImageSource;
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
                        image.name(), new Checked(image), image.width(), image.height(), image.objects()))
                .toList();
    }

    /** An image that is black where it cannot be read. */
    private final class Checked implements ImageSource {
        private final AnnotatedImage image;

        Checked(AnnotatedImage image) {
            this.image = image;
        }

        @Override
        public Pixels read() {
            try (DecodedImage decoded = decode()) {
                return decoded.pixels();
            }
        }

        @Override
        public DecodedImage decode() {
            progress.step();
            try {
                return image.source().decode();
            } catch (InvalidInputException e) {
                faults.put(image.name(), e.problems());
                int bytes = Math.toIntExact(DecodedImage.bytes(image.width(), image.height()));
                return DecodedImage.of(new Pixels(image.width(), image.height(), new byte[bytes]));
            }
        }

        @Override
        public Object identity() {
            return image.source().identity();
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
