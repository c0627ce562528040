/**
 * Which of the windows that a detector got wrong are trained on next. {@link io.errata.detection.scan.ScoredWindows} of one image and
 * the {@link io.errata.mining.policy.WindowHistory} of its windows flow into a {@link io.errata.mining.policy.MiningPolicy}; those to
 * train on flow out. {@link io.errata.mining.policy.NamedPolicy} lists those that a configuration can name;
 * {@link io.errata.mining.policy.HardNegatives} is the default.
 */
@NullMarked
package io.errata.mining.policy;

import org.jspecify.annotations.NullMarked;
