/**
 * A detector: network, scan, training steps, evaluation. Here are the words that the packages share: a
 * {@link io.errata.detection.Detection} and the {@link io.errata.detection.DetectionSettings} that make them of scored windows. Start
 * reading at {@link io.errata.detection.detector.Detector}; the loop of rounds that trains one is {@code io.errata.mining}'s.
 */
@NullMarked
package io.errata.detection;

import org.jspecify.annotations.NullMarked;
