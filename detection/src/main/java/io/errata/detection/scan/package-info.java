/**
 * Scores of every window: a {@link io.errata.detection.scan.WindowScorer} scores levels, {@link io.errata.detection.scan.Scan} runs it over
 * images, {@link io.errata.detection.scan.ScoredWindows} is what comes back. In flow pyramids, out flow the few windows that a
 * {@link io.errata.detection.scan.Selection} asks for, as plain arrays.
 */
@NullMarked
package io.errata.detection.scan;

import org.jspecify.annotations.NullMarked;
