package io.errata.datasets.format;

import static java.util.Objects.requireNonNull;

/**
 * What to read of a data set.
 *
 * @param names the images wanted; problems of others are not told
 * @param openImages whether image files are looked at: that they exist and that their headers agree with the annotations. Without,
 *     annotations can be read where there are no images; only where a format gives no size is the header read all the same
 */
public record ReadOptions(ImageNames names, boolean openImages) {

    public ReadOptions {
        requireNonNull(names, "names");
    }

    /** All images, their headers checked. */
    public static ReadOptions defaults() {
        return new ReadOptions(ImageNames.all(), true);
    }

    /** The same, for these images only. */
    public ReadOptions keeping(ImageNames names) {
        return new ReadOptions(names, openImages);
    }

    /** The same, for annotations whose image files may be missing. */
    public ReadOptions withoutOpeningImages() {
        return new ReadOptions(names, false);
    }
}
