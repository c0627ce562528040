/** When to stop: {@link io.errata.mining.stopping.StopRules} looks at the rounds so far and says why it is enough, if it is. */
@NullMarked
package io.errata.mining.stopping;

import org.jspecify.annotations.NullMarked;
