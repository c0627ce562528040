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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a network over crops makes of one view: a convolution and residual blocks, each of which halves it. Input {@code [B, 3, P, P]},
 * output {@code [B, last width, P / 2^widths, P / 2^widths]}.
 */
final class CropBranch extends AbstractBlock {

    private final ConvolutionBlock stem;
    private final List<ResidualBlock> blocks = new ArrayList<>();

    CropBranch(List<Integer> widths) {
        stem = addChildBlock("stem", new ConvolutionBlock(new Layer(widths.get(0), 3, 2), 1, true, true));
        widths.stream().skip(1).forEach(width -> blocks.add(addChildBlock("block", new ResidualBlock(width))));
    }

    void draw(SplittableRandom random, double gain) {
        stem.draw(random, gain);
        blocks.forEach(block -> block.draw(random, gain));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> options) {
        NDList values = stem.forward(parameters, inputs, training);
        for (ResidualBlock block : blocks) {
            values = block.forward(parameters, values, training);
        }
        return values;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        stem.initialize(manager, type, inputs);
        Shape[] shapes = stem.getOutputShapes(inputs);
        for (ResidualBlock block : blocks) {
            block.initialize(manager, type, shapes);
            shapes = block.getOutputShapes(shapes);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape[] shapes = stem.getOutputShapes(inputs);
        for (ResidualBlock block : blocks) {
            shapes = block.getOutputShapes(shapes);
        }
        return shapes;
    }

    /** The same function for inference, detached from this block's parameters, which {@code target} owns. */
    Folded fold(NDManager target) {
        return new Folded(
                stem.fold(target),
                blocks.stream().map(block -> block.fold(target)).toList());
    }

    /** The branch with its normalisations worked into the convolutions. */
    record Folded(FoldedLayer stem, List<ResidualBlock.Folded> blocks) {

        NDArray apply(NDArray input) {
            NDArray values = stem.apply(input);
            for (ResidualBlock.Folded block : blocks) {
                NDArray next = block.apply(values);
                values.close();
                values = next;
            }
            return values;
        }
    }
}
