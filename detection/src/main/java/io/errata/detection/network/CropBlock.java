package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.errata.detection.network.ReceptiveField.Layer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a network over crops. Input {@code [B, 3 · views, P, P]}, output {@code [B, classes + 4, 1, 1]}: class logits of what
 * all views show, then box offsets of what the close one shows.
 */
final class CropBlock extends AbstractBlock {

    /** The share of what a branch hands on that is left out in training, each time another part (Srivastava et al. 2014). */
    private static final double DROPOUT = 0.3;

    /**
     * The gain of the weights that training starts with: small. Normalisation takes their size out of what the block computes, and the
     * smaller they are, the more a step of a given size turns them.
     */
    private static final double GAIN = 1 / Math.sqrt(3);

    private final int classes;
    private SplittableRandom dropouts = new SplittableRandom();
    private final CropBranch close;
    private final @Nullable CropBranch context;
    private final ConvolutionBlock classHead;
    private final ConvolutionBlock boxHead;

    CropBlock(CropArchitecture architecture, int classes) {
        this.classes = classes;
        int rest = architecture.side() >> architecture.widths().size();
        close = addChildBlock("close", new CropBranch(architecture.widths()));
        context = architecture.contextWidths().isEmpty()
                ? null
                : addChildBlock("context", new CropBranch(architecture.contextWidths()));
        classHead = addChildBlock("class", new ConvolutionBlock(new Layer(classes, rest, 1), 0, false, false));
        boxHead = addChildBlock("box", new ConvolutionBlock(new Layer(4, rest, 1), 0, false, false));
    }

    /** @param prior the probability that each class starts with */
    void draw(SplittableRandom random, double prior) {
        dropouts = random.split();
        close.draw(random, GAIN);
        if (context != null) {
            context.draw(random, GAIN);
        }
        classHead.drawHead(random, classes, prior);
        boxHead.drawHead(random, 0, prior);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> options) {
        NDArray crops = inputs.singletonOrThrow();
        NDArray near = seen(close, view(crops, 0), parameters, training);
        NDArray all = context == null ? near : near.concat(seen(context, view(crops, 1), parameters, training), 1);
        NDArray logits =
                classHead.forward(parameters, new NDList(all), training).singletonOrThrow();
        NDArray offsets =
                boxHead.forward(parameters, new NDList(near), training).singletonOrThrow();
        return new NDList(logits.concat(offsets, 1));
    }

    private NDArray seen(CropBranch branch, NDArray view, ParameterStore parameters, boolean training) {
        NDArray features =
                branch.forward(parameters, new NDList(view), training).singletonOrThrow();
        return training ? features.mul(dropout(features)) : features;
    }

    /** What each feature is multiplied by: 0, or what keeps their sum. */
    private NDArray dropout(NDArray features) {
        float[] factors = new float[(int) features.size()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = dropouts.nextDouble() < DROPOUT ? 0 : (float) (1 / (1 - DROPOUT));
        }
        return features.getManager().create(factors, features.getShape());
    }

    private static NDArray view(NDArray crops, int index) {
        return crops.get(new NDIndex(":, " + 3 * index + ":" + 3 * (index + 1)));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape crop = new Shape(inputs[0].get(0), 3, inputs[0].get(2), inputs[0].get(3));
        close.initialize(manager, type, crop);
        Shape near = close.getOutputShapes(new Shape[] {crop})[0];
        long channels = near.get(1);
        if (context != null) {
            context.initialize(manager, type, crop);
            channels += context.getOutputShapes(new Shape[] {crop})[0].get(1);
        }
        classHead.initialize(manager, type, new Shape(near.get(0), channels, near.get(2), near.get(3)));
        boxHead.initialize(manager, type, near);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), classes + 4, 1, 1)};
    }

    /** The same function for inference, detached from this block's parameters, which {@code target} owns. */
    Folded fold(NDManager target) {
        return new Folded(
                close.fold(target),
                context == null ? null : context.fold(target),
                classHead.fold(target),
                boxHead.fold(target));
    }

    /** The block with its normalisations worked into the convolutions. */
    record Folded(
            CropBranch.Folded close, CropBranch.@Nullable Folded context, FoldedLayer classHead, FoldedLayer boxHead) {

        NDArray apply(NDArray crops) {
            NDArray near = close.apply(view(crops, 0));
            NDArray all = context == null ? near : near.concat(context.apply(view(crops, 1)), 1);
            return classHead.apply(all).concat(boxHead.apply(near), 1);
        }
    }
}
