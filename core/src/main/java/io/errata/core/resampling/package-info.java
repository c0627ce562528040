/**
 * Resampling for rare classes: feature vectors by class, and images by the classes in them. A
 * {@link io.errata.core.resampling.FeatureSet} and a {@link io.errata.core.resampling.SamplingTarget} flow in, a
 * {@link io.errata.core.resampling.Resampled} with the origin of each row flows out. Read these three, then
 * {@link io.errata.core.resampling.Smote}. {@link io.errata.core.resampling.RepeatFactors} resamples images; it needs
 * only the classes in each.
 *
 * <p>Resample what is trained on, never what is validated on: split first. Everything here is immutable, thread-safe
 * and plain Java, and gives the same rows for the same seed.
 */
@NullMarked
package io.errata.core.resampling;

import org.jspecify.annotations.NullMarked;
