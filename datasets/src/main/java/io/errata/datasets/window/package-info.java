/**
 * Windows: where they are, what they are called and how they are labelled. A {@link io.errata.datasets.window.WindowGeometry} is
 * chosen from the training boxes by {@link io.errata.datasets.window.WindowChoice}; on an image each of its shapes makes a {@link io.errata.datasets.window.LevelGrid}; a window is a
 * {@link io.errata.datasets.window.WindowKey}, a {@code long}; {@link io.errata.datasets.window.WindowLabels} says for a whole level
 * at once which windows are positive, ignored and negative; {@link io.errata.datasets.window.WindowCorpus} does so for a data set. No
 * window is ever an object of its own.
 */
@NullMarked
package io.errata.datasets.window;

import org.jspecify.annotations.NullMarked;
