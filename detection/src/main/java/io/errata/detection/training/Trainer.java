package io.errata.detection.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.errata.core.loss.ClassificationLoss;
import io.errata.datasets.patch.PatchBatch;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.network.TrainableNetwork;

/**
 * One network, its optimizer and its loss: what makes a step. The loss of a batch is that of all class logits plus that of the
 * positives' box offsets, both divided by the number of positives. Of a mixed patch the classes' loss is λ times that with its own
 * labels plus 1 − λ times that with its partner's, and the offsets' is λ times its own; the number of positives is that in front, mixed
 * or not. Nothing native outlives a step.
 *
 * @param <N> the kind of network
 */
public final class Trainer<N extends TrainableNetwork> implements AutoCloseable {

    private final N network;
    private final AdamW optimizer;
    private final Objective objective;

    /** @param network stays the caller's */
    public Trainer(N network, OptimizerSettings optimizer, Objective objective) {
        this.network = network;
        this.optimizer = new AdamW(network, optimizer);
        this.objective = objective;
    }

    public N network() {
        return network;
    }

    public AdamW optimizer() {
        return optimizer;
    }

    public Objective objective() {
        return objective;
    }

    /**
     * Learns from one batch.
     *
     * @param wantsLoss whether the loss is brought back, which on a GPU waits for the step
     * @return the batch's loss before the step, or NaN where it is not wanted
     */
    public double step(PatchBatch batch, double learningRate, boolean wantsLoss) {
        try (NDManager step = network.manager().newSubManager();
                GradientCollector collector = EngineEnvironment.engine().newGradientCollector()) {
            NDArray loss = loss(step, batch);
            collector.backward(loss);
            double value = wantsLoss ? loss.toFloatArray()[0] : Double.NaN;
            optimizer.step(learningRate);
            return value;
        }
    }

    /** The loss of a batch, of shape {@code ()}; carries the gradient and belongs to {@code step}. */
    NDArray loss(NDManager step, PatchBatch batch) {
        int n = batch.size();
        NDArray patches = step.create(
                batch.pixels(), new Shape(n, batch.patch(), batch.patch(), batch.channels()), DataType.UINT8);
        NDArray gains = step.create(batch.gains(), new Shape(n, 1), DataType.FLOAT32);
        NDArray shifts = step.create(batch.shifts(), new Shape(n, 3), DataType.FLOAT32);
        NDArray outputs = network.forward(patches, gains, shifts);
        NDArray share = step.full(new Shape(), 1f / Math.max(1, batch.positives()));
        NDArray logits = outputs;
        if (network.predictsOffsets()) {
            logits = outputs.get(new NDIndex(":, 0:" + batch.classes()));
        }
        NDArray loss = classLoss(step, batch, logits).mul(share);
        return network.predictsOffsets() && batch.positives() > 0 ? loss.add(offsetLoss(step, batch, outputs)) : loss;
    }

    /** The sum over all class logits. */
    private NDArray classLoss(NDManager step, PatchBatch batch, NDArray logits) {
        Shape shape = new Shape(batch.size(), batch.classes());
        NDArray targets = step.create(batch.targets(), shape, DataType.FLOAT32);
        ClassificationLoss classification = objective.classes().at(optimizer.steps());
        if (!batch.isMixed()) {
            return classification.sum(logits, targets);
        }
        NDArray partnerTargets = step.create(batch.partnerTargets(), shape, DataType.FLOAT32);
        return classification
                .mixed(logits, targets, partnerTargets, lambdas(step, batch))
                .sum();
    }

    /** The sum over the positives' box offsets, weighted and divided by their number. */
    private NDArray offsetLoss(NDManager step, PatchBatch batch, NDArray outputs) {
        int n = batch.positives();
        NDArray predicted = outputs.get(new NDIndex("0:" + n + ", " + batch.classes() + ":"));
        NDArray offsets = step.create(batch.offsets(), new Shape(n, 4), DataType.FLOAT32);
        NDArray weights = lambdas(step, batch).get(new NDIndex("0:" + n));
        return objective.boxes().sum(predicted, offsets, weights).mul(step.full(new Shape(), 1f / n));
    }

    private static NDArray lambdas(NDManager step, PatchBatch batch) {
        return step.create(batch.lambdas(), new Shape(batch.size(), 1), DataType.FLOAT32);
    }

    @Override
    public void close() {
        optimizer.close();
        objective.release();
    }
}
