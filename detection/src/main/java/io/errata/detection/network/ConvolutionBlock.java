package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.errata.detection.network.ReceptiveField.Layer;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A convolution, then batch normalisation and a rectifier if asked for. Input {@code [B, C, H, W]}, output
 * {@code [B, filters, (H + 2 padding − kernel) / stride + 1, (W + 2 padding − kernel) / stride + 1]}.
 */
final class ConvolutionBlock extends AbstractBlock {

    private static final float MOMENTUM = 0.9f;
    private static final float EPSILON = 1e-5f;
    private static final double HEAD_DEVIATION = 0.01;
    /** The engine's code for "the channels are where you expect them": it saves two transpositions. */
    private static final int CHANNEL_AXIS = -1;

    private final Layer layer;
    private final int padding;
    private final boolean rectified;
    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final @Nullable Parameter gamma;
    private final @Nullable Parameter beta;
    private final @Nullable Parameter mean;
    private final @Nullable Parameter variance;

    /** @param padding zeros about the input, on each side */
    ConvolutionBlock(Layer layer, int padding, boolean batchNorm, boolean rectified) {
        this.layer = layer;
        this.padding = padding;
        this.rectified = rectified;
        weight = add("weight", Parameter.Type.WEIGHT, true);
        bias = batchNorm ? null : add("bias", Parameter.Type.BIAS, true);
        gamma = batchNorm ? add("gamma", Parameter.Type.GAMMA, true) : null;
        beta = batchNorm ? add("beta", Parameter.Type.BETA, true) : null;
        mean = batchNorm ? add("running_mean", Parameter.Type.RUNNING_MEAN, false) : null;
        variance = batchNorm ? add("running_variance", Parameter.Type.RUNNING_VAR, false) : null;
    }

    private Parameter add(String name, Parameter.Type type, boolean trained) {
        Parameter.Builder parameter =
                Parameter.builder().setName(name).setType(type).optRequiresGrad(trained);
        if (type == Parameter.Type.WEIGHT) {
            parameter.optInitializer(Initializer.ZEROS); // drawn by Network, from its own seed
        }
        return addParameter(parameter.build());
    }

    /** Draws normal weights of variance {@code gain² / fan-in}. */
    void draw(SplittableRandom random, double gain) {
        Shape shape = weight.getArray().getShape();
        double inputs = (double) shape.get(1) * shape.get(2) * shape.get(3);
        drawNormal(random, gain / Math.sqrt(inputs));
    }

    private void drawNormal(SplittableRandom random, double deviation) {
        float[] values = new float[(int) weight.getArray().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        weight.getArray().set(values);
    }

    /** Draws a head whose first outputs all start at a probability, and the others at 0. */
    void drawHead(SplittableRandom random, int classes, double prior) {
        drawNormal(random, HEAD_DEVIATION);
        NDArray biases = Objects.requireNonNull(bias).getArray();
        float[] start = new float[(int) biases.size()];
        Arrays.fill(start, 0, classes, (float) -Math.log((1 - prior) / prior));
        biases.set(start);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> options) {
        NDArray input = inputs.singletonOrThrow();
        NDArray output = Conv2d.conv2d(
                        input,
                        value(parameters, weight, input, training),
                        bias == null ? null : value(parameters, bias, input, training),
                        new Shape(layer.stride(), layer.stride()),
                        new Shape(padding, padding))
                .singletonOrThrow();
        if (gamma != null && beta != null && mean != null && variance != null) {
            output = output.getNDArrayInternal()
                    .batchNorm(
                            output,
                            value(parameters, mean, input, training),
                            value(parameters, variance, input, training),
                            value(parameters, gamma, input, training),
                            value(parameters, beta, input, training),
                            CHANNEL_AXIS,
                            MOMENTUM,
                            EPSILON,
                            training)
                    .singletonOrThrow();
        }
        return new NDList(rectified ? output.getNDArrayInternal().relu() : output);
    }

    private static NDArray value(ParameterStore parameters, Parameter parameter, NDArray input, boolean training) {
        return parameters.getValue(parameter, input.getDevice(), training);
    }

    @Override
    protected void prepare(Shape[] inputs) {
        weight.setShape(new Shape(layer.filters(), inputs[0].get(1), layer.kernel(), layer.kernel()));
        for (Parameter perChannel : new @Nullable Parameter[] {bias, gamma, beta, mean, variance}) {
            if (perChannel != null) {
                perChannel.setShape(new Shape(layer.filters()));
            }
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape in = inputs[0];
        return new Shape[] {new Shape(in.get(0), layer.filters(), outputs(in.get(2)), outputs(in.get(3)))};
    }

    private long outputs(long side) {
        return (side + 2L * padding - layer.kernel()) / layer.stride() + 1;
    }

    /**
     * The same function with the normalisation worked into the convolution, detached from this block's parameters.
     *
     * @param target owns the result
     */
    FoldedLayer fold(NDManager target) {
        try (NDManager scratch = target.newSubManager()) {
            NDArray kernel = detached(scratch, weight);
            NDArray shift;
            if (gamma != null && beta != null && mean != null && variance != null) {
                NDArray scale = detached(scratch, gamma)
                        .div(detached(scratch, variance).add(EPSILON).sqrt());
                kernel = kernel.mul(scale.reshape(-1, 1, 1, 1));
                shift = detached(scratch, beta).sub(detached(scratch, mean).mul(scale));
            } else {
                shift = detached(scratch, Objects.requireNonNull(bias)).duplicate();
                kernel = kernel.duplicate();
            }
            kernel.attach(target);
            shift.attach(target);
            return new FoldedLayer(kernel, shift, layer.stride(), padding, rectified);
        }
    }

    private static NDArray detached(NDManager scratch, Parameter parameter) {
        NDArray values = parameter.getArray().stopGradient();
        values.attach(scratch);
        return values;
    }
}
