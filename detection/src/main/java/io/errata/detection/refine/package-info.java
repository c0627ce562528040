/**
 * A second look at the few boxes that a scan brought back: {@link io.errata.detection.refine.BoxRefiner}, and the one that is trained,
 * {@link io.errata.detection.refine.SecondStage}.
 */
@NullMarked
package io.errata.detection.refine;

import org.jspecify.annotations.NullMarked;
