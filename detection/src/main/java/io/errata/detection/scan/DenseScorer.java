package io.errata.detection.scan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.calibration.LogOdds;
import io.errata.datasets.patch.BoxOffsets;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.window.LevelGrid;
import io.errata.detection.engine.EngineThreads;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Scores whole levels in one forward pass of a fully convolutional network: every window's score for little more than one convolution
 * of the image. Pixels go to the device as bytes; threshold and top-k run there; hits alone come back.
 */
public final class DenseScorer implements WindowScorer {

    private final WindowNetwork network;
    private final boolean isAlone;
    private ByteBuffer pixels = ByteBuffer.allocateDirect(0);
    private ByteBuffer mask = ByteBuffer.allocateDirect(0);

    /** @param network stays the caller's, who closes it after this scorer's last use */
    public DenseScorer(WindowNetwork network) {
        this(network, true);
    }

    private DenseScorer(WindowNetwork network, boolean isAlone) {
        this.network = network;
        this.isAlone = isAlone;
    }

    /** One with buffers of its own, for which the engine takes no threads beside the one that uses it. */
    @Override
    public WindowScorer forAnotherThread() {
        return new DenseScorer(network, false);
    }

    @Override
    public float[] score(Level level) {
        try (NDManager step = network.manager().newSubManager()) {
            NDArray rows = outputs(step, List.of(level));
            return probabilities(classLogits(rows).toFloatArray());
        }
    }

    @Override
    public ScanHits hits(List<Level> levels, Selection selection) {
        try (NDManager step = network.manager().newSubManager()) {
            NDArray rows = outputs(step, levels);
            NDArray best = classLogits(rows).max(new int[] {1});
            NDArray passing = best.gt(LogOdds.logit(selection.threshold()));
            if (selection.mask() != null) {
                mask = filled(mask, selection.mask());
                passing = passing.logicalAnd(step.create(mask, best.getShape(), DataType.BOOLEAN));
            }
            NDArray indices = passing.nonzero().flatten();
            int found = Math.toIntExact(indices.size());
            if (found > selection.maxPerLevel()) {
                indices = top(best, passing, levels.size(), selection.maxPerLevel());
            }
            float[] tracked = selection.tracked().length == 0
                    ? new float[0]
                    : probabilities(classLogits(
                                    rows.get(step.create(selection.tracked()).toType(DataType.INT64, false)))
                            .toFloatArray());
            if (found == 0) {
                return new ScanHits(0, new int[0], new float[0], new float[0], tracked);
            }
            return split(found, indices.toLongArray(), rows.get(indices).toFloatArray(), tracked);
        }
    }

    /** One row of outputs for each window, shape {@code [windows, classes (+ 4)]}. */
    private NDArray outputs(NDManager step, List<Level> levels) {
        if (!isAlone) {
            EngineThreads.useOne();
        }
        LevelGrid grid = levels.get(0).grid();
        pixels = filled(pixels, levels.stream().map(Level::pixels).toArray(byte[][]::new));
        NDArray images = step.create(
                pixels, new Shape(levels.size(), grid.paddedHeight(), grid.paddedWidth(), 3), DataType.UINT8);
        NDArray outputs = network.infer(images);
        Shape shape = outputs.getShape();
        if (shape.get(2) != grid.rows() || shape.get(3) != grid.columns()) {
            throw new IllegalStateException("a level of " + grid.rows() + " × " + grid.columns()
                    + " windows must give as many outputs, found " + shape.get(2) + " × " + shape.get(3)
                    + "; the network's receptive field and stride must equal the geometry's patch and stride");
        }
        return outputs.transpose(0, 2, 3, 1).reshape(-1, shape.get(1));
    }

    /** Of each level the indices of those passing windows that have the largest logits. */
    private static NDArray top(NDArray best, NDArray passing, int levels, int most) {
        long windows = best.size() / levels;
        NDArray lowest = best.onesLike().mul(Float.NEGATIVE_INFINITY);
        NDList top = NDArrays.where(passing, best, lowest)
                .reshape(levels, windows)
                .topK((int) Math.min(most, windows), 1, true, true);
        NDArray first =
                best.getManager().arange(levels).toType(DataType.INT64, false).mul(windows);
        NDArray indices = top.get(1).add(first.reshape(levels, 1)).flatten();
        return indices.get(top.get(0).flatten().gt(Float.NEGATIVE_INFINITY));
    }

    private NDArray classLogits(NDArray rows) {
        return network.predictsOffsets() ? rows.get(new NDIndex(":, 0:" + network.classes())) : rows;
    }

    private ScanHits split(int found, long[] indices, float[] rows, float[] tracked) {
        int classes = network.classes();
        int width = rows.length / indices.length;
        int[] windows = new int[indices.length];
        float[] scores = new float[indices.length * classes];
        float[] offsets = new float[network.predictsOffsets() ? indices.length * 4 : 0];
        for (int i = 0; i < indices.length; i++) {
            windows[i] = (int) indices[i];
            for (int c = 0; c < classes; c++) {
                scores[i * classes + c] = probability(rows[i * width + c]);
            }
            for (int k = 0; k < 4 && offsets.length > 0; k++) {
                offsets[i * 4 + k] = (float) (rows[i * width + classes + k] * BoxOffsets.SCALE);
            }
        }
        return new ScanHits(found, windows, scores, offsets, tracked);
    }

    /** The bytes of some arrays in a direct buffer, the old one where it is large enough. */
    private static ByteBuffer filled(ByteBuffer old, byte[]... arrays) {
        int size = 0;
        for (byte[] array : arrays) {
            size = Math.addExact(size, array.length);
        }
        ByteBuffer buffer = old.capacity() >= size ? old : ByteBuffer.allocateDirect(size);
        buffer.clear();
        for (byte[] array : arrays) {
            buffer.put(array);
        }
        return buffer.flip();
    }

    static float[] probabilities(float[] logits) {
        for (int i = 0; i < logits.length; i++) {
            logits[i] = probability(logits[i]);
        }
        return logits;
    }

    static float probability(float logit) {
        return (float) LogOdds.sigmoid(logit);
    }
}
