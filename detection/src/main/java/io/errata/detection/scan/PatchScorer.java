package io.errata.detection.scan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.ArgumentChecks;
import io.errata.datasets.patch.BoxOffsets;
import io.errata.datasets.patch.PatchCutter;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.window.LevelGrid;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Scores windows one patch at a time, in batches: for a network that is not fully convolutional, and to check a {@link DenseScorer}
 * against. Same results, many times slower.
 */
public final class PatchScorer implements WindowScorer {

    private final WindowNetwork network;
    private final int batch;
    private final PatchCutter cutter;
    private final ByteBuffer pixels;

    /**
     * @param network stays the caller's
     * @param batch patches scored together, at least 1
     */
    public PatchScorer(WindowNetwork network, int batch) {
        ArgumentChecks.check(batch >= 1, "batch", "must be ≥ 1", batch);
        this.network = network;
        this.batch = batch;
        this.cutter = new PatchCutter(network.patch());
        this.pixels = ByteBuffer.allocateDirect(batch * network.patch() * network.patch() * 3);
    }

    @Override
    public float[] score(Level level) {
        return classesOf(outputs(level));
    }

    @Override
    public ScanHits hits(List<Level> levels, Selection selection) {
        int windows = levels.get(0).grid().windows();
        int width = width();
        float[] all = new float[levels.size() * windows * width];
        for (int i = 0; i < levels.size(); i++) {
            System.arraycopy(outputs(levels.get(i)), 0, all, i * windows * width, windows * width);
        }
        return ScanHits.select(classesOf(all), offsetsOf(all), levels.size(), network.classes(), selection);
    }

    private int width() {
        return network.classes() + (network.predictsOffsets() ? 4 : 0);
    }

    /** Logits and offsets of every window, shape {@code [windows, classes (+ 4)]}. */
    private float[] outputs(Level level) {
        LevelGrid grid = level.grid();
        float[] outputs = new float[grid.windows() * width()];
        for (int from = 0; from < grid.windows(); from += batch) {
            int count = Math.min(batch, grid.windows() - from);
            pixels.clear();
            for (int w = from; w < from + count; w++) {
                pixels.put(cutter.cut(level, w / grid.columns(), w % grid.columns()));
            }
            pixels.flip();
            try (NDManager step = network.manager().newSubManager()) {
                NDArray patches =
                        step.create(pixels, new Shape(count, network.patch(), network.patch(), 3), DataType.UINT8);
                float[] rows = network.infer(patches).toFloatArray();
                System.arraycopy(rows, 0, outputs, from * width(), rows.length);
            }
        }
        return outputs;
    }

    private float[] classesOf(float[] outputs) {
        int classes = network.classes();
        float[] scores = new float[outputs.length / width() * classes];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = DenseScorer.probability(outputs[i / classes * width() + i % classes]);
        }
        return scores;
    }

    private float[] offsetsOf(float[] outputs) {
        if (!network.predictsOffsets()) {
            return new float[0];
        }
        float[] offsets = new float[outputs.length / width() * 4];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (float) (outputs[i / 4 * width() + network.classes() + i % 4] * BoxOffsets.SCALE);
        }
        return offsets;
    }
}
