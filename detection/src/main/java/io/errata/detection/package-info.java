/**
 * Object detectors trained by rounds of hard-negative mining. Here are the words that the packages share: a
 * {@link io.errata.detection.Detection} and the {@link io.errata.detection.DetectionSettings} that make them of scored windows. Start
 * reading at {@link io.errata.mining.run.MiningRun} and {@link io.errata.detection.detector.Detector}.
 */
@NullMarked
package io.errata.detection;

import org.jspecify.annotations.NullMarked;
