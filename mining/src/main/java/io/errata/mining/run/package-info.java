/**
 * Rounds of hard-negative mining. A user starts at {@link io.errata.mining.run.MiningRun}; images and settings flow in, a
 * {@link io.errata.mining.run.RunFolder} and the best round's detector flow out. Read {@code RoundEngine}, the loop itself, then
 * {@code NegativeSource} and {@code RunRecorder}, its two sides.
 */
@NullMarked
package io.errata.mining.run;

import org.jspecify.annotations.NullMarked;
