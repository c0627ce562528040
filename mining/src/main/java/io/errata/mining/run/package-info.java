/**
 * Rounds of hard-negative mining: {@link io.errata.mining.run.MiningRun} is where a user starts; it trains, validates, scans and
 * mines until a stop rule says so, writes a {@link io.errata.mining.run.RunFolder}, and gives back the best round's detector.
 */
@NullMarked
package io.errata.mining.run;

import org.jspecify.annotations.NullMarked;
