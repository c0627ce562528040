/**
 * Pictures for people to look at. {@link io.errata.datasets.image.Pixels} and {@link io.errata.detection.Detection}s flow into a
 * {@link io.errata.detection.drawing.DetectionDrawing}, {@link io.errata.datasets.statistics.DatasetStatistics} into
 * {@link io.errata.cli.DatasetCharts}; new pixels flow out. OpenCV and XChart stay inside.
 */
@NullMarked
package io.errata.detection.drawing;

import org.jspecify.annotations.NullMarked;
