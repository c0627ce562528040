package io.errata.cli;

import io.errata.core.problem.Problem;
import io.errata.datasets.image.BitDepth;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image file named on the command line, and what is wrong with it. */
final class InputImage {

    private final ImageFile file;
    private final InputChecks checks = new InputChecks();
    private boolean sixteenBits;

    private InputImage(ImageFile file) {
        this.file = file;
    }

    /**
     * Looks at the files' headers, and of images of 16 bits at the samples of some.
     *
     * @param maxPixels the most pixels that an image may have
     * @param bits how many of their 16 bits these use, or {@code null} where nobody said; then they must use them all
     */
    static List<InputImage> look(List<Path> paths, long maxPixels, @Nullable Integer bits) {
        int used = bits == null ? ImageFile.ALL_BITS : bits;
        List<InputImage> images = paths.stream()
                .map(path -> new InputImage(new ImageFile(path, maxPixels, used)))
                .toList();
        images.forEach(InputImage::lookAtHeader);
        if (bits == null) {
            refuseDark(images.stream().filter(image -> image.sixteenBits).toList());
        }
        return images;
    }

    private static void refuseDark(List<InputImage> images) {
        BitDepth.ofDark(images.stream().map(image -> image.file).toList())
                .ifPresent(depth -> images.forEach(image -> image.checks.add(
                        "--bits",
                        image.path(),
                        "ambiguous-depth",
                        "image of 16 bits must use the highest of them, or be said to use fewer, found at most "
                                + depth.used() + " bits used by the " + depth.looked() + " looked at of "
                                + images.size() + "; say --bits " + depth.setting()
                                + ", or as many as the camera has, or --bits 16 to take it as it is")));
    }

    private void lookAtHeader() {
        if (checks.file("IMAGE", path())) {
            sixteenBits = checks.check(() -> ImageFile.form(path(), file.maxPixels()))
                    .filter(ImageForm::sixteenBits)
                    .isPresent();
        }
    }

    Path path() {
        return file.path();
    }

    /** What is wrong, as far as it is known. */
    List<Problem> problems() {
        return checks.problems();
    }

    /** Decodes the image, which the caller closes; empty where something is wrong. */
    Optional<DecodedImage> decode() {
        return checks.foundProblems() ? Optional.empty() : checks.check(file::decode);
    }
}
