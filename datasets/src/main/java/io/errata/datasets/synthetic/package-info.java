/**
 * Data sets drawn by program, so that a first run needs no files. {@link io.errata.datasets.synthetic.SyntheticDatasets} turns a name
 * and options into a {@link io.errata.datasets.Dataset}; {@link io.errata.datasets.synthetic.SmearSettings} and
 * {@link io.errata.datasets.synthetic.SmearScenes} are the typed way to the only one there is, {@code synthetic:smear}.
 *
 * <p>A scene is planned first ({@code Scene}: figures made of layers, and the boxes of the targets) and drawn later, each time its
 * pixels are read ({@code Slide}: light that passes layers of stain). Both use a seeded {@link java.util.SplittableRandom} and only
 * arithmetic that gives the same bits on every machine, so a seed means the same bytes everywhere.
 */
@NullMarked
package io.errata.datasets.synthetic;

import org.jspecify.annotations.NullMarked;
