/**
 * From scores to probabilities and decisions. A detector trained on 1 : 3 and then on its own mistakes has seen another world than the
 * one it will work in; what it says must be put right on held-out data that nothing was resampled in.
 *
 * <p>{@link io.errata.core.calibration.LabelledScores}, held-out scores and what they should have been, flow in. Out flow a
 * {@link io.errata.core.calibration.Calibration} from score to probability, an {@link io.errata.core.calibration.OperatingPoint} chosen on
 * an {@link io.errata.core.calibration.OperatingCurve}, and {@link io.errata.core.calibration.Reliability}, which tells how far the
 * probabilities can be believed. Read these in this order. {@link io.errata.core.calibration.PriorCorrection} needs no data, only the two
 * priors.
 *
 * <p>Everything is plain Java numbers; all types are immutable and safe for any number of threads. Calibrations are records of numbers,
 * so that a model can be saved with its own.
 */
@NullMarked
package io.errata.core.calibration;

import org.jspecify.annotations.NullMarked;
