package io.errata.detection.refine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.geometry.Box;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.image.ImageCrops;
import io.errata.datasets.patch.BoxOffsets;
import io.errata.detection.network.CropArchitecture;
import io.errata.detection.network.CropNetwork;
import io.errata.detection.network.FoldedCropNetwork;
import io.errata.detection.scan.ScoredBoxes;
import java.nio.ByteBuffer;

/**
 * The trained second stage: cuts each box out in all its views, looks at it as it is and mirrored, averages its logits with that of the
 * score that the box came with, and moves the box once more.
 */
public final class SecondStage implements BoxRefiner {

    /** Boxes that are looked at together. */
    private static final int BATCH = 160;
    /** Scores are held this far from 0 and 1, where they have no logit. */
    private static final double EDGE = 1e-6;

    private final FoldedCropNetwork network;
    private final CropArchitecture architecture;

    private final AutoCloseable owned;

    private SecondStage(FoldedCropNetwork network, AutoCloseable owned) {
        this.network = network;
        this.architecture = network.architecture();
        this.owned = owned;
    }

    /** A second stage with a network as it is now, which stays the caller's and may go on learning. */
    public static SecondStage of(CropNetwork network) {
        FoldedCropNetwork folded = network.fold();
        return new SecondStage(folded, folded);
    }

    /** A second stage with this network, which is closed with it. */
    public static SecondStage owning(CropNetwork network) {
        return new SecondStage(network.fold(), network);
    }

    @Override
    public ScoredBoxes refine(DecodedImage image, ScoredBoxes proposals) {
        int n = proposals.size();
        float[] scores = new float[n];
        float[] boxes = new float[4 * n];
        try (ImageCrops crops = image.crops()) {
            for (int from = 0; from < n; from += BATCH) {
                int count = Math.min(BATCH, n - from);
                float[] outputs = outputs(pixels(crops, proposals, from, count), count);
                for (int i = 0; i < count; i++) {
                    put(proposals, from + i, outputs, i, count, image, scores, boxes);
                }
            }
        }
        return new ScoredBoxes(proposals.classes(), scores, boxes);
    }

    /**
     * The scores that boxes have after both stages.
     *
     * @param crops of each, with all its views
     * @param classes that each was taken for, shape {@code [n]}
     * @param firstScores that it came with, shape {@code [n]}
     */
    float[] scores(byte[][] crops, int[] classes, float[] firstScores) {
        float[] scores = new float[crops.length];
        for (int from = 0; from < crops.length; from += BATCH) {
            int count = Math.min(BATCH, crops.length - from);
            byte[] pixels = new byte[count * architecture.bytes()];
            for (int i = 0; i < count; i++) {
                System.arraycopy(crops[from + i], 0, pixels, i * architecture.bytes(), architecture.bytes());
            }
            float[] outputs = outputs(pixels, count);
            for (int i = 0; i < count; i++) {
                scores[from + i] = score(outputs, i, count, classes[from + i], firstScores[from + i]);
            }
        }
        return scores;
    }

    private byte[] pixels(ImageCrops crops, ScoredBoxes proposals, int from, int count) {
        byte[] pixels = new byte[count * architecture.bytes()];
        for (int i = 0; i < count; i++) {
            BoxViews.cut(crops, proposals.box(from + i), architecture, pixels, i * architecture.bytes());
        }
        return pixels;
    }

    /** Shape {@code [2, count, classes + 4]}. */
    private float[] outputs(byte[] pixels, int count) {
        Shape shape = new Shape(count, architecture.side(), architecture.side(), architecture.channels());
        try (NDManager step = network.manager().newSubManager()) {
            NDArray crops = step.create(ByteBuffer.wrap(pixels), shape, DataType.UINT8);
            return network.infer(crops).toFloatArray();
        }
    }

    /** Averages what the network says of a box and of its mirror image. */
    private void put(
            ScoredBoxes proposals,
            int index,
            float[] outputs,
            int row,
            int count,
            DecodedImage image,
            float[] scores,
            float[] boxes) {
        int width = network.classes() + 4;
        int plain = row * width;
        int mirrored = (count + row) * width;
        int classIndex = proposals.classes()[index];
        scores[index] = score(outputs, row, count, classIndex, proposals.scores()[index]);
        float[] offsets = new float[4];
        for (int k = 0; k < 4; k++) {
            float other = outputs[mirrored + network.classes() + k];
            float sum = outputs[plain + network.classes() + k] + (k == 0 ? -other : other);
            offsets[k] = (float) (sum / 2 * BoxOffsets.SCALE);
        }
        Box box = proposals.box(index);
        Box moved = BoxOffsets.decode(box, offsets[0], offsets[1], offsets[2], offsets[3])
                .clippedTo(image.width(), image.height());
        Box kept = moved.isEmpty() ? box : moved;
        boxes[4 * index] = (float) kept.x1();
        boxes[4 * index + 1] = (float) kept.y1();
        boxes[4 * index + 2] = (float) kept.x2();
        boxes[4 * index + 3] = (float) kept.y2();
    }

    /** The mean of both stages' logits; the second's is the mean of what it says of the box as it is and mirrored. */
    private float score(float[] outputs, int row, int count, int classIndex, double firstScore) {
        int width = network.classes() + 4;
        double second = (outputs[row * width + classIndex] + outputs[(count + row) * width + classIndex]) / 2;
        return (float) probability((second + logit(firstScore)) / 2);
    }

    private static double logit(double score) {
        double inside = Math.min(Math.max(score, EDGE), 1 - EDGE);
        return Math.log(inside / (1 - inside));
    }

    private static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    @Override
    public void close() {
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException("a network must close without an error", e);
        }
    }
}
