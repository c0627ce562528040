/**
 * Training steps: {@link io.errata.detection.training.BatchSource} fills batches at 1 positive to 3 negatives,
 * {@link io.errata.detection.training.Trainer} learns from them with {@link io.errata.detection.training.AdamW} under a
 * {@link io.errata.detection.training.CosineSchedule}.
 */
@NullMarked
package io.errata.detection.training;

import org.jspecify.annotations.NullMarked;
