/**
 * Checks of whole data sets before anything is trained on them: specifications go in, everything that is wrong comes out. Read
 * {@link io.errata.datasets.validation.DatasetValidator}, {@link io.errata.datasets.validation.Validation}, then
 * {@link io.errata.datasets.validation.PerceptualHash}, which decides whether two images are nearly the same.
 *
 * <p>Kinds of problems besides those of {@code io.errata.datasets.format}: {@code duplicate-image} (the same picture twice in one part),
 * {@code leaked-image} (the same picture in two parts), {@code near-duplicate} (nearly the same picture in two parts),
 * {@code ambiguous-name} (names that differ only by case),
 * {@code damaged-image} (a JPEG of which a part is lost; a decoder fills it up with grey and goes on).
 */
@NullMarked
package io.errata.datasets.validation;

import org.jspecify.annotations.NullMarked;
