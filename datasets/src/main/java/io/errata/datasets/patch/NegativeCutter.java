package io.errata.datasets.patch;

import java.util.SplittableRandom;

/**
 * Fills a batch with windows of background.
 *
 * @param augmentation how they are varied
 */
public record NegativeCutter(Augmentation augmentation) {

    /** Puts the window of this key at a place of the batch, augmented. */
    public void cut(long key, PatchSource patches, PatchBatch batch, int index, SplittableRandom random) {
        Flip flip = augmentation.drawFlip(random);
        batch.setPixels(index, flip.applied(patches.window(key), batch.patch()));
        batch.setBackground(index);
        augmentation.drawPhotometric(batch, index, random);
    }
}
