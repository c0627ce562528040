/**
 * How good detections are, from plain Java records and arrays, whatever network, program or file they came from. In flow the
 * ground truth and, image by image, the detections; out flows an {@link io.errata.detection.evaluation.Evaluation} with the COCO
 * metrics and the log-average miss rate. {@link io.errata.detection.evaluation.VocMetrics} computes the two Pascal VOC
 * metrics. Every number is read off {@link io.errata.detection.evaluation.DetectionCurve}s: cumulative true and false positives
 * over a falling score.
 */
@NullMarked
package io.errata.detection.evaluation;

import org.jspecify.annotations.NullMarked;
