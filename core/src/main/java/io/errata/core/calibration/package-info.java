/**
 * From scores to probabilities and decisions. A detector trained on 1 : 3 and then on its own errors has seen another
 * distribution than the one it will work on; its scores must be calibrated on held-out data that was not resampled.
 *
 * <p>{@link io.errata.core.calibration.LabelledScores}, held-out scores with their labels, flow in. Out flow a
 * {@link io.errata.core.calibration.Calibration} from score to probability, an
 * {@link io.errata.core.calibration.OperatingPoint} chosen on an {@link io.errata.core.calibration.OperatingCurve},
 * and {@link io.errata.core.calibration.Reliability}, which measures how well the probabilities are calibrated. Read
 * these in this order. {@link io.errata.core.calibration.PriorCorrection} needs no data, only the two priors.
 *
 * <p>Everything is plain Java numbers; all types are immutable and safe for any number of threads. Calibrations are
 * records of numbers, so that a model can be saved with its calibration.
 */
@NullMarked
package io.errata.core.calibration;

import org.jspecify.annotations.NullMarked;
