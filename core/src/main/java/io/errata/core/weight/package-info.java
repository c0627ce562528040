/**
 * Weights, margins and priors from the number of examples of each class. A {@link io.errata.core.weight.ClassCounts}
 * flows in; out of the same counts come {@link io.errata.core.weight.ClassWeights}, margins and log priors for the
 * losses of {@code io.errata.core.loss}. Plain numbers: no arrays of the engine, no files. Read {@code ClassCounts}
 * first.
 */
@NullMarked
package io.errata.core.weight;

import org.jspecify.annotations.NullMarked;
