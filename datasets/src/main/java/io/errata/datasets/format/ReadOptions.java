package io.errata.datasets.format;

import static java.util.Objects.requireNonNull;

/**
 * What to read of a data set.
 *
 * @param names the images wanted; problems of others are not reported
 * @param openImages whether image files are looked at: that they exist and that their headers agree with the annotations. Without,
 *     annotations can be read where there are no images; only where a format gives no size is the header read all the same
 * @param boxesAnywhere whether boxes may lie beyond their images, which metrics allow and training does not
 * @param limits how far the set is trusted
 * @param thorough whether to report also what training can live with: boxes annotated twice, pictures without annotation, labels
 *     without picture
 */
public record ReadOptions(
        ImageNames names, boolean openImages, boolean boxesAnywhere, Limits limits, boolean thorough) {

    public ReadOptions {
        requireNonNull(names, "names");
        requireNonNull(limits, "limits");
    }

    /** All images, their headers checked. */
    public static ReadOptions defaults() {
        return new ReadOptions(ImageNames.all(), true, false, Limits.defaults(), false);
    }

    /** The same, for these images only. */
    public ReadOptions withNames(ImageNames names) {
        return new ReadOptions(names, openImages, boxesAnywhere, limits, thorough);
    }

    /** The same, for annotations whose image files may be missing. */
    public ReadOptions withoutOpeningImages() {
        return new ReadOptions(names, false, boxesAnywhere, limits, thorough);
    }

    /** The same, for metrics: boxes may lie beyond their images. */
    public ReadOptions withBoxesAnywhere() {
        return new ReadOptions(names, openImages, true, limits, thorough);
    }

    /** The same, for a set trusted more or less. */
    public ReadOptions withLimits(Limits limits) {
        return new ReadOptions(names, openImages, boxesAnywhere, limits, thorough);
    }

    /** The same, with everything reported. */
    public ReadOptions thoroughly() {
        return new ReadOptions(names, openImages, boxesAnywhere, limits, true);
    }
}
