/**
 * Pixels: {@link io.errata.datasets.image.ImageSource} says where they come from, {@link io.errata.datasets.image.Pixels} holds
 * them as a plain Java array. OpenCV's {@code Mat}s live and die inside this package and never leave it.
 */
@NullMarked
package io.errata.datasets.image;

import org.jspecify.annotations.NullMarked;
