package io.errata.datasets.validation;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.image.ImageFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An image that is validated: the parts of the data that it belongs to, and what decoding it showed. */
final class ImageEntry {

    private final AnnotatedImage image;
    private final Set<String> parts = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable ImageFingerprint fingerprint;

    ImageEntry(AnnotatedImage image) {
        this.image = image;
    }

    /** The names of the parts that it belongs to; the caller adds them. */
    Set<String> parts() {
        return parts;
    }

    /** Decodes the image; called once. */
    void examine() {
        try {
            fingerprint = ImageFingerprint.of(image);
            if (image.source() instanceof ImageFile file) {
                JpegDamage.of(file.path())
                        .ifPresent(damage -> problems.add(Problem.inFile(
                                path(),
                                "damaged-image",
                                "image must be undamaged, found " + damage
                                        + "; look at it, and replace it or leave it out")));
            }
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
        }
    }

    /** What was wrong with the pixels. */
    List<Problem> problems() {
        return problems;
    }

    /** None before the image was examined, or where it cannot be decoded. */
    Optional<ImageFingerprint> fingerprint() {
        return Optional.ofNullable(fingerprint);
    }

    Optional<PerceptualHash> hash() {
        return fingerprint().flatMap(ImageFingerprint::hash);
    }

    /** The file, or the name of an image that is drawn. */
    String path() {
        return image.source() instanceof ImageFile file ? file.path().toString() : image.name();
    }
}
