package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.errata.detection.network.ReceptiveField.Layer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Two padded 3 × 3 convolutions with batch normalisation, the first of stride 2, and a 1 × 1 convolution of stride 2 around them (He et
 * al. 2016, arXiv 1512.03385). Input {@code [B, C, H, W]}, output {@code [B, filters, ⌈H / 2⌉, ⌈W / 2⌉]}.
 */
final class ResidualBlock extends AbstractBlock {

    private final ConvolutionBlock first;
    private final ConvolutionBlock second;
    private final ConvolutionBlock around;

    ResidualBlock(int filters) {
        first = addChildBlock("first", new ConvolutionBlock(new Layer(filters, 3, 2), 1, true, true));
        second = addChildBlock("second", new ConvolutionBlock(new Layer(filters, 3, 1), 1, true, false));
        around = addChildBlock("around", new ConvolutionBlock(new Layer(filters, 1, 2), 0, true, false));
    }

    void draw(SplittableRandom random, double gain) {
        first.draw(random, gain);
        second.draw(random, gain);
        around.draw(random, gain);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> options) {
        NDArray inner = second.forward(parameters, first.forward(parameters, inputs, training), training)
                .singletonOrThrow();
        NDArray outer = around.forward(parameters, inputs, training).singletonOrThrow();
        return new NDList(inner.add(outer).getNDArrayInternal().relu());
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        first.initialize(manager, type, inputs);
        second.initialize(manager, type, first.getOutputShapes(inputs));
        around.initialize(manager, type, inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return first.getOutputShapes(inputs);
    }

    /** The same function for inference, detached from this block's parameters, which {@code target} owns. */
    Folded fold(NDManager target) {
        return new Folded(first.fold(target), second.fold(target), around.fold(target));
    }

    /** The block with its normalisations worked into the convolutions. */
    record Folded(FoldedLayer first, FoldedLayer second, FoldedLayer around) {

        NDArray apply(NDArray input) {
            try (NDArray between = first.apply(input);
                    NDArray outer = around.apply(input)) {
                return second.apply(between).addi(outer).getNDArrayInternal().relu();
            }
        }
    }
}
