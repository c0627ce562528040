/**
 * Boxes and how they overlap. A box is continuous, {@code [x1, x2) × [y1, y2)} in pixels, and nothing here adds 1 to a
 * width. Single boxes are {@link io.errata.core.geometry.Box}es; many boxes are flat arrays of {@code x1, y1, x2, y2},
 * four numbers a box. Read {@code Box}, then {@code Boxes}, then {@code NonMaximumSuppression}.
 */
@NullMarked
package io.errata.core.geometry;

import org.jspecify.annotations.NullMarked;
