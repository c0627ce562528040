package io.errata.datasets.patch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One training batch of {@code N} patches of side {@code P}, red, green and blue unless said otherwise, the {@code positives} first, in direct buffers of the machine's byte order:
 * an engine can use them without a copy. A patch that a {@link PatchMixer} mixed has labels of two sides, the share λ of its own and
 * the rest of its partner; a patch described anew is its own alone. Not safe to use from several threads at once; filled anew for every
 * step.
 */
public final class PatchBatch {

    private final int size;
    private final int positives;
    private final int patch;
    private final int classes;
    private final int channels;
    private final ByteBuffer pixels;
    private final ByteBuffer targets;
    private final ByteBuffer partnerTargets;
    private final ByteBuffer lambdas;
    private final ByteBuffer offsets;
    private final ByteBuffer gains;
    private final ByteBuffer shifts;

    /**
     * @param size patches in the batch
     * @param positives how many of them, at the front, are positive
     * @param patch the side of a patch in pixels
     * @param classes the number of classes
     */
    public PatchBatch(int size, int positives, int patch, int classes) {
        this(size, positives, patch, classes, 3);
    }

    /**
     * @param size patches in the batch
     * @param positives how many of them, at the front, are positive
     * @param patch the side of a patch in pixels
     * @param classes the number of classes
     * @param channels bytes of a pixel: red, green and blue of each view of what the patch shows
     */
    public PatchBatch(int size, int positives, int patch, int classes, int channels) {
        this.size = size;
        this.positives = positives;
        this.patch = patch;
        this.classes = classes;
        this.channels = channels;
        pixels = direct(size * patch * patch * channels);
        targets = direct(4 * size * classes);
        partnerTargets = direct(4 * size * classes);
        lambdas = direct(4 * size);
        offsets = direct(4 * positives * 4);
        gains = direct(4 * size);
        shifts = direct(4 * size * 3);
        for (int i = 0; i < size; i++) {
            lambdas.putFloat(4 * i, 1);
        }
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    public int size() {
        return size;
    }

    public int positives() {
        return positives;
    }

    /** The side of a patch, in pixels. */
    public int patch() {
        return patch;
    }

    public int classes() {
        return classes;
    }

    /** Bytes of a pixel. */
    public int channels() {
        return channels;
    }

    /** Shape {@code [N, P, P, channels]}, unsigned bytes. */
    public ByteBuffer pixels() {
        return pixels.rewind();
    }

    /** Shape {@code [N, classes]}, floats in [0, 1]. */
    public ByteBuffer targets() {
        return targets.rewind();
    }

    /** Shape {@code [N, classes]}, floats in [0, 1]: those of each patch's partner; its own where it is not mixed. */
    public ByteBuffer partnerTargets() {
        return partnerTargets.rewind();
    }

    /**
     * Shape {@code [N, 1]}, floats in [0.5, 1]: λ, the weight of the loss with a patch's own targets; 1 − λ is that of the loss with its
     * partner's. 1 where it is not mixed.
     */
    public ByteBuffer lambdas() {
        return lambdas.rewind();
    }

    /** Whether any patch is mixed. */
    public boolean isMixed() {
        for (int i = 0; i < size; i++) {
            if (lambdas.getFloat(4 * i) != 1) {
                return true;
            }
        }
        return false;
    }

    /** Shape {@code [positives, 4]}, floats: the box of the object in terms of its window, see {@link BoxOffsets}. */
    public ByteBuffer offsets() {
        return offsets.rewind();
    }

    /** Shape {@code [N, 1]}, floats: what the normalised pixels of each patch are multiplied by. */
    public ByteBuffer gains() {
        return gains.rewind();
    }

    /** Shape {@code [N, 3]}, floats: what is added to the channels of each patch after that. */
    public ByteBuffer shifts() {
        return shifts.rewind();
    }

    /** Makes a patch one of this class. */
    public void setClass(int index, int classIndex) {
        setClass(index, classIndex, 1);
    }

    /** Makes a patch one of this class with a label in (0, 1], such as how well it frames its object. */
    void setClass(int index, int classIndex, double label) {
        setBackground(index);
        targets.putFloat(4 * (index * classes + classIndex), (float) label);
        setPartner(index, index, 1);
    }

    /** Makes a patch one of background. */
    public void setBackground(int index) {
        for (int c = 0; c < classes; c++) {
            targets.putFloat(4 * (index * classes + c), 0);
        }
        setPartner(index, index, 1);
    }

    /** Makes the own targets of another patch those of this one's partner. */
    void setPartner(int index, int partner, double lambda) {
        partnerTargets.put(4 * index * classes, targets, 4 * partner * classes, 4 * classes);
        lambdas.putFloat(4 * index, (float) lambda);
    }

    /** Makes background the label of a patch's partner. */
    void setBackgroundPartner(int index, double lambda) {
        for (int c = 0; c < classes; c++) {
            partnerTargets.putFloat(4 * (index * classes + c), 0);
        }
        lambdas.putFloat(4 * index, (float) lambda);
    }

    /** Tells where the object of a positive is, see {@link BoxOffsets}. */
    public void setOffsets(int index, double dx, double dy, double dw, double dh) {
        offsets.putFloat(16 * index, (float) dx);
        offsets.putFloat(16 * index + 4, (float) dy);
        offsets.putFloat(16 * index + 8, (float) dw);
        offsets.putFloat(16 * index + 12, (float) dh);
    }

    void setPhotometric(int index, double gain, double red, double green, double blue) {
        gains.putFloat(4 * index, (float) gain);
        shifts.putFloat(12 * index, (float) red);
        shifts.putFloat(12 * index + 4, (float) green);
        shifts.putFloat(12 * index + 8, (float) blue);
    }

    /** Takes the pixels of a patch, shape {@code [P, P, channels]}. */
    public void setPixels(int index, byte[] patchPixels) {
        pixels.put(index * patchPixels.length, patchPixels);
    }
}
