package io.errata.datasets.image;

import static java.util.Objects.requireNonNull;

/**
 * How an image file is stored.
 *
 * @param size how large the image is, as it is shown
 * @param sixteenBits whether its samples have 16 bits, of which a camera may use fewer
 */
public record ImageForm(ImageSize size, boolean sixteenBits) {

    public ImageForm {
        requireNonNull(size, "size");
    }
}
