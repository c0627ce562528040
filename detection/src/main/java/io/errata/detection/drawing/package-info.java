/**
 * Pictures for people to look at. {@link io.errata.datasets.image.Pixels} and {@link io.errata.detection.Detection}s flow into a
 * {@link io.errata.detection.drawing.DetectionDrawing}; new pixels flow out. OpenCV stays inside.
 */
@NullMarked
package io.errata.detection.drawing;

import org.jspecify.annotations.NullMarked;
