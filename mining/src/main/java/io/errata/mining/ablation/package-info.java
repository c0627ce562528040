/**
 * Does a setting help? The same configuration is trained in several {@link io.errata.mining.ablation.Arm}s at an equal budget of
 * gradient steps and with several seeds, each an ordinary run in a folder of its own; out flows an
 * {@link io.errata.mining.ablation.AblationResult} that pairs each arm with the first, seed by seed, and says what that shows. Read
 * {@code Ablation}, then {@code PairedDifference}.
 */
@NullMarked
package io.errata.mining.ablation;

import org.jspecify.annotations.NullMarked;
