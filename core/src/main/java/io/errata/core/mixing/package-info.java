/**
 * Mixing of training patches in pairs, as numbers alone: the role of each patch of a batch flows in; which patches are
 * mixed, and how much, flows out. Read {@link io.errata.core.mixing.Mixing} first, then
 * {@link io.errata.core.mixing.Mix} and {@link io.errata.core.mixing.CutMix}.
 *
 * <p>The loss of a mixed patch is λ·L(y_a) + (1 − λ)·L(y_b), for every loss: not the loss of mixed labels, which
 * differs where the loss is not linear in the labels, as with the focal loss.
 */
@NullMarked
package io.errata.core.mixing;

import org.jspecify.annotations.NullMarked;
