/** A trained detector at work: {@link io.errata.detection.detector.Detector}. */
@NullMarked
package io.errata.detection.detector;

import org.jspecify.annotations.NullMarked;
