/**
 * Losses as arrays of the engine. Logits (or box offsets) that carry a gradient and targets that do not flow in; an
 * array of losses that carries the gradient flows out. Read {@link io.errata.core.loss.ClassificationLoss} first, then
 * {@link io.errata.core.loss.FocalLoss}, and {@link io.errata.core.loss.RegressionLoss} for boxes;
 * {@link io.errata.core.loss.DjlLoss} takes a loss into DJL's own trainer. Exclusive classes:
 * {@link io.errata.core.loss.CrossEntropy}, {@link io.errata.core.loss.SoftmaxFocalLoss}, with
 * {@link io.errata.core.loss.ImplicitBackground} where the network has no output for background. From class counts:
 * {@link io.errata.core.loss.LdamLoss}, {@link io.errata.core.loss.LogitAdjustedLoss}. Labels that are an IoU:
 * {@link io.errata.core.loss.QualityFocalLoss}, {@link io.errata.core.loss.VarifocalLoss}.
 *
 * <p><b>Memory.</b> A loss belongs to the manager of its logits, as does all that leads to it; what is computed from
 * targets alone belongs to the manager of the targets. Make both in a manager opened for the step (logits computed
 * from a step's input are) and closed after it; then nothing remains. Only a GHM loss with momentum keeps something,
 * one array, until it is closed. Targets and weights must stay open, and their buffers unwritten, until backward has
 * run.
 *
 * <p><b>Java numbers.</b> The engine's {@code mul}, {@code div}, {@code pow}, {@code maximum} and {@code minimum} with
 * a Java number let autograd keep a buffer that is freed at once: a garbage collection before backward corrupts the
 * gradient silently. Therefore they are called in one place only, {@code LossArrays}, on arrays that carry no
 * gradient; a test checks this. A loss of your own should do the same and use {@code manager.full(new Shape(), 3f)}
 * for a constant.
 */
@NullMarked
package io.errata.core.loss;

import org.jspecify.annotations.NullMarked;
