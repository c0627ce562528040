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

/** An image of the data that are validated, the parts that it belongs to, and what its pixels told. */
final class Member {

    private final AnnotatedImage image;
    private final Set<String> parts = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable Fingerprint fingerprint;

    Member(AnnotatedImage image) {
        this.image = image;
    }

    /** Equal for two images exactly where they are the same file or drawn by the same program. */
    static Object identity(AnnotatedImage image) {
        return image.source() instanceof ImageFile file
                ? file.path().toAbsolutePath().normalize()
                : image.source();
    }

    /** The names of the parts, to be filled by whoever knows them. */
    Set<String> parts() {
        return parts;
    }

    /** Decodes the image; called once. */
    void examine() {
        try {
            fingerprint = Fingerprint.of(image);
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
    Optional<Fingerprint> fingerprint() {
        return Optional.ofNullable(fingerprint);
    }

    Optional<Likeness> likeness() {
        return fingerprint().flatMap(Fingerprint::likeness);
    }

    /** The file, or the name of an image that is drawn. */
    String path() {
        return image.source() instanceof ImageFile file ? file.path().toString() : image.name();
    }
}
