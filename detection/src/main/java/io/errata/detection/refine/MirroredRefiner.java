package io.errata.detection.refine;

import io.errata.core.geometry.Box;
import io.errata.core.geometry.Boxes;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.image.ImageCrops;
import io.errata.datasets.patch.BoxOffsets;
import io.errata.detection.scan.ScoredBoxes;
import java.util.Arrays;

/**
 * Cuts each box out and looks at it as it is and mirrored: averages the logits of both, then those with the logit of the score that the
 * box came with, and moves the box by the mean of both offsets.
 */
abstract class MirroredRefiner implements BoxRefiner {

    /** Boxes that are looked at together. */
    private static final int BATCH = 160;
    /** Scores are held this far from 0 and 1, where they have no logit. */
    private static final double EDGE = 1e-6;

    private final int classes;
    private final boolean movesBoxes;
    private final int bytes;

    /**
     * @param movesBoxes whether four box offsets follow the class logits
     * @param bytes that a box takes when it is cut out
     */
    MirroredRefiner(int classes, boolean movesBoxes, int bytes) {
        this.classes = classes;
        this.movesBoxes = movesBoxes;
        this.bytes = bytes;
    }

    /** Cuts a box out of an image, into {@code bytes} bytes from {@code offset} on. */
    abstract void cut(ImageCrops crops, Box box, byte[] target, int offset);

    /**
     * What the network says of boxes and of their mirror images.
     *
     * @param pixels of each box
     * @return shape {@code [2, count, classes (+ 4)]}: class logits, then box offsets divided by {@link BoxOffsets#SCALE}
     */
    abstract float[] outputs(byte[] pixels, int count);

    @Override
    public final ScoredBoxes refine(DecodedImage image, ScoredBoxes proposals) {
        int n = proposals.size();
        float[] scores = new float[n];
        float[] boxes = Arrays.copyOf(proposals.boxes(), 4 * n);
        try (ImageCrops crops = image.crops()) {
            for (int from = 0; from < n; from += BATCH) {
                int count = Math.min(BATCH, n - from);
                byte[] pixels = new byte[count * bytes];
                for (int i = 0; i < count; i++) {
                    cut(crops, proposals.box(from + i), pixels, i * bytes);
                }
                float[] outputs = outputs(pixels, count);
                for (int i = 0; i < count; i++) {
                    int box = from + i;
                    scores[box] = score(
                            outputs,
                            i,
                            count,
                            proposals.classes()[box],
                            proposals.scores()[box]);
                    if (movesBoxes) {
                        move(boxes, box, outputs, i, count, image);
                    }
                }
            }
        }
        return new ScoredBoxes(proposals.classes(), scores, boxes);
    }

    /**
     * The scores of boxes that are cut out already.
     *
     * @param crops of each
     * @param classIndices that each was taken for, shape {@code [n]}
     * @param firstScores that it came with, shape {@code [n]}
     */
    final float[] scores(byte[][] crops, int[] classIndices, float[] firstScores) {
        float[] scores = new float[crops.length];
        for (int from = 0; from < crops.length; from += BATCH) {
            int count = Math.min(BATCH, crops.length - from);
            byte[] pixels = new byte[count * bytes];
            for (int i = 0; i < count; i++) {
                System.arraycopy(crops[from + i], 0, pixels, i * bytes, bytes);
            }
            float[] outputs = outputs(pixels, count);
            for (int i = 0; i < count; i++) {
                scores[from + i] = score(outputs, i, count, classIndices[from + i], firstScores[from + i]);
            }
        }
        return scores;
    }

    private float score(float[] outputs, int row, int count, int classIndex, double firstScore) {
        double plain = outputs[row * width() + classIndex];
        double mirrored = outputs[(count + row) * width() + classIndex];
        return (float) probability(((plain + mirrored) / 2 + logit(firstScore)) / 2);
    }

    private void move(float[] boxes, int index, float[] outputs, int row, int count, DecodedImage image) {
        int plain = row * width() + classes;
        int mirrored = (count + row) * width() + classes;
        float[] offsets = new float[4];
        for (int k = 0; k < 4; k++) {
            float other = outputs[mirrored + k];
            offsets[k] = (float) ((outputs[plain + k] + (k == 0 ? -other : other)) / 2 * BoxOffsets.SCALE);
        }
        Box box = Boxes.get(boxes, index);
        Box moved = BoxOffsets.decode(box, offsets[0], offsets[1], offsets[2], offsets[3])
                .clippedTo(image.width(), image.height());
        if (!moved.isEmpty()) {
            boxes[4 * index] = (float) moved.x1();
            boxes[4 * index + 1] = (float) moved.y1();
            boxes[4 * index + 2] = (float) moved.x2();
            boxes[4 * index + 3] = (float) moved.y2();
        }
    }

    private int width() {
        return classes + (movesBoxes ? 4 : 0);
    }

    private static double logit(double score) {
        double inside = Math.min(Math.max(score, EDGE), 1 - EDGE);
        return Math.log(inside / (1 - inside));
    }

    private static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
