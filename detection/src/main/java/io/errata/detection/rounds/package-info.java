/**
 * Rounds of hard-negative mining: {@link io.errata.detection.rounds.MiningRun} is where a user starts; it trains, validates, scans and
 * mines until a stop rule says so, writes a {@link io.errata.detection.rounds.RunFolder}, and gives back the best round's detector.
 */
@NullMarked
package io.errata.detection.rounds;

import org.jspecify.annotations.NullMarked;
