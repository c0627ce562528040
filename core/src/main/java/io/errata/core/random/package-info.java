/** Random orders that follow from a seed: {@link io.errata.core.random.Shuffle}. */
@NullMarked
package io.errata.core.random;

import org.jspecify.annotations.NullMarked;
