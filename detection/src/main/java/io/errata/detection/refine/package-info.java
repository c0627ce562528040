/**
 * A second look at the few boxes that a scan brought back: {@link io.errata.detection.refine.BoxRefiner}, the one that is trained,
 * {@link io.errata.detection.refine.SecondStage}, and the one that needs no training, {@link io.errata.detection.refine.SecondLook}.
 */
@NullMarked
package io.errata.detection.refine;

import org.jspecify.annotations.NullMarked;
