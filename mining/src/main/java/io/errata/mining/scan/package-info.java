/**
 * Scores of every window: a {@link io.errata.mining.scan.WindowScorer} scores levels, {@link io.errata.mining.scan.Scan} runs it over
 * images, {@link io.errata.mining.scan.ScoredWindows} is what comes back. In flow pyramids, out flow the few windows that a
 * {@link io.errata.mining.scan.Selection} asks for, as plain arrays.
 */
@NullMarked
package io.errata.mining.scan;

import org.jspecify.annotations.NullMarked;
