/**
 * Mixing of training patches in pairs, as numbers alone: what each patch of a batch is flows in, who gives to whom, and how much, flows
 * out. Read {@link io.errata.core.mixing.Mixing} first, then {@link io.errata.core.mixing.Mix} and
 * {@link io.errata.core.mixing.CutMix}.
 *
 * <p>The loss of a mixed patch is λ·L(y_a) + (1 − λ)·L(y_b), for every loss: not the loss of mixed labels, which is another number as
 * soon as the loss is not linear in them, as the focal loss is not.
 */
@NullMarked
package io.errata.core.mixing;

import org.jspecify.annotations.NullMarked;
