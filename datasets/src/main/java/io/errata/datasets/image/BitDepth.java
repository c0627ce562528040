package io.errata.datasets.image;

import io.errata.core.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many of 16 bits the images of a set use. Cameras store 10 to 14 bits in 16; whether they do so, one image does not tell, and each
 * scaled by itself would lose its brightness.
 *
 * @param used the most bits that an image uses of those looked at
 * @param looked how many images were looked at
 */
public record BitDepth(int used, int looked) {

    private static final int MOST = 16;

    /**
     * Looks at up to {@value #MOST} images, evenly spaced, and decodes them. Empty where one uses its highest bit, where all are black,
     * and where none can be read.
     *
     * @param images images whose samples have 16 bits
     */
    public static Optional<BitDepth> ofDark(List<ImageFile> images) {
        int used = 0;
        int looked = 0;
        for (ImageFile image : spaced(images)) {
            try {
                used = Math.max(used, image.usedBits());
                looked++;
            } catch (InvalidInputException e) {
                continue; // told by whoever reads it
            }
            if (used == ImageFile.ALL_BITS) {
                return Optional.empty();
            }
        }
        return used == 0 ? Optional.empty() : Optional.of(new BitDepth(used, looked));
    }

    /** The fewest bits that can be said to be used. */
    public int setting() {
        return Math.max(used, ImageFile.FEWEST_BITS);
    }

    private static List<ImageFile> spaced(List<ImageFile> images) {
        List<ImageFile> spaced = new ArrayList<>();
        int count = Math.min(MOST, images.size());
        for (long i = 0; i < count; i++) {
            spaced.add(images.get((int) (i * images.size() / count)));
        }
        return spaced;
    }
}
