/**
 * Resampling of what is rare: feature vectors by class, and images by the classes in them. A {@link
 * io.errata.core.resampling.FeatureSet} and a {@link io.errata.core.resampling.SamplingTarget} flow in, a {@link
 * io.errata.core.resampling.Resampled} that knows where each of its rows came from flows out. Read these three, then {@link
 * io.errata.core.resampling.Smote}. Images are planned by {@link io.errata.core.resampling.RepeatFactors}, which asks only for their
 * sets of classes.
 *
 * <p>Resample what is trained on, never what is validated on: split first. Everything here is immutable, thread-safe
 * and plain Java, and gives the same rows for the same seed.
 */
@NullMarked
package io.errata.core.resampling;

import org.jspecify.annotations.NullMarked;
