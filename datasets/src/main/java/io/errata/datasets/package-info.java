/**
 * Annotated images. A {@link io.errata.datasets.Dataset} is a list of {@link io.errata.datasets.AnnotatedImage}s, each with its
 * {@link io.errata.datasets.GroundTruth}; formats fill it, windows are cut out of it. Nothing here holds pixels: an image's
 * {@link io.errata.datasets.image.ImageSource} reads them when they are needed.
 */
@NullMarked
package io.errata.datasets;

import org.jspecify.annotations.NullMarked;
