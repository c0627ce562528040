package io.errata.detection.scan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.Random;

/** Three convolutions without padding and with seeded weights: patches of 8 pixels every 2. */
final class ConvolutionNetwork implements WindowNetwork, AutoCloseable {

    private static final int WIDTH = 6;

    private final NDManager manager = NDManager.newBaseManager();
    private final int classes;
    private final boolean offsets;
    private final NDArray[] weights;
    private final NDArray[] biases;

    ConvolutionNetwork(int classes, boolean offsets, long seed) {
        this.classes = classes;
        this.offsets = offsets;
        Random random = new Random(seed);
        int outputs = classes + (offsets ? 4 : 0);
        weights = new NDArray[] {
            gaussian(random, 2, WIDTH, 3, 4, 4),
            gaussian(random, 2, WIDTH, WIDTH, 3, 3),
            gaussian(random, 1, outputs, WIDTH, 1, 1)
        };
        biases = new NDArray[] {gaussian(random, 1, WIDTH), gaussian(random, 1, WIDTH), gaussian(random, 1, outputs)};
    }

    private NDArray gaussian(Random random, double gain, int... shape) {
        int size = 1;
        long[] sides = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            size *= shape[i];
            sides[i] = shape[i];
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (gain * random.nextGaussian() / Math.sqrt((double) size / shape[0]));
        }
        return manager.create(values, new Shape(sides));
    }

    @Override
    public NDArray infer(NDArray images) {
        NDArray values = images.transpose(0, 3, 1, 2)
                .toType(DataType.FLOAT32, false)
                .sub(128f)
                .div(64f);
        values = convolve(values, 0, 2).getNDArrayInternal().relu();
        values = convolve(values, 1, 1).getNDArrayInternal().relu();
        return convolve(values, 2, 1);
    }

    private NDArray convolve(NDArray input, int layer, int stride) {
        return Conv2d.conv2d(input, weights[layer], biases[layer], new Shape(stride, stride))
                .singletonOrThrow();
    }

    @Override
    public int patch() {
        return 8;
    }

    @Override
    public int stride() {
        return 2;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public boolean predictsOffsets() {
        return offsets;
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
