/**
 * Which of the windows that a detector got wrong are trained on next: a {@link io.errata.mining.policy.MiningPolicy} chooses,
 * {@link io.errata.mining.policy.HardNegatives} is the one that is used where nothing else is said.
 */
@NullMarked
package io.errata.mining.policy;

import org.jspecify.annotations.NullMarked;
