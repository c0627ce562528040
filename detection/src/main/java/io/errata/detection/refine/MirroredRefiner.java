package io.errata.detection.refine;

import io.errata.core.calibration.LogOdds;
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
            look(n, (box, target, offset) -> cut(crops, proposals.box(box), target, offset), (box, seen) -> {
                scores[box] = seen.score(proposals.classes()[box], proposals.scores()[box]);
                if (movesBoxes) {
                    move(boxes, box, seen.offsets(classes), image);
                }
            });
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
        look(
                crops.length,
                (box, target, offset) -> System.arraycopy(crops[box], 0, target, offset, bytes),
                (box, seen) -> scores[box] = seen.score(classIndices[box], firstScores[box]));
        return scores;
    }

    /** Looks at boxes, a batch at a time. */
    private void look(int n, Cutter cutter, Taker taker) {
        int width = classes + (movesBoxes ? 4 : 0);
        for (int from = 0; from < n; from += BATCH) {
            int count = Math.min(BATCH, n - from);
            byte[] pixels = new byte[count * bytes];
            for (int i = 0; i < count; i++) {
                cutter.cut(from + i, pixels, i * bytes);
            }
            float[] outputs = outputs(pixels, count);
            for (int i = 0; i < count; i++) {
                taker.take(from + i, new Seen(outputs, i * width, (count + i) * width));
            }
        }
    }

    private static void move(float[] boxes, int index, float[] offsets, DecodedImage image) {
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

    /** Puts the pixels of a box where they belong in a batch. */
    @FunctionalInterface
    private interface Cutter {
        void cut(int box, byte[] target, int offset);
    }

    /** Is told what was seen of a box. */
    @FunctionalInterface
    private interface Taker {
        void take(int box, Seen seen);
    }

    /** What the network says of a box, from {@code plain} on, and of its mirror image, from {@code mirrored} on. */
    private record Seen(float[] outputs, int plain, int mirrored) {

        float score(int classIndex, double firstScore) {
            double inside = Math.min(Math.max(firstScore, EDGE), 1 - EDGE);
            double both = ((double) outputs[plain + classIndex] + outputs[mirrored + classIndex]) / 2;
            return (float) LogOdds.sigmoid((both + LogOdds.logit(inside)) / 2);
        }

        float[] offsets(int classes) {
            float[] offsets = new float[4];
            for (int k = 0; k < 4; k++) {
                float other = outputs[mirrored + classes + k];
                offsets[k] =
                        (float) ((outputs[plain + classes + k] + (k == 0 ? -other : other)) / 2 * BoxOffsets.SCALE);
            }
            return offsets;
        }
    }
}
