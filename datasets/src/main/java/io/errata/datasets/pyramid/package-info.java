/**
 * Images resized for the network: a {@link io.errata.datasets.pyramid.Pyramid} has one {@link io.errata.datasets.pyramid.Level} for
 * each shape of the geometry; {@link io.errata.datasets.pyramid.PyramidStore} decodes them, keeps as many as a memory budget allows,
 * and reads ahead on threads of its own.
 */
@NullMarked
package io.errata.datasets.pyramid;

import org.jspecify.annotations.NullMarked;
