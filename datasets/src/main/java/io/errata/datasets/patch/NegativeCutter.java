package io.errata.datasets.patch;

import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.WindowKey;
import java.util.SplittableRandom;

/** Fills a batch with windows of background. Not safe to use from several threads. */
public final class NegativeCutter {

    private final PyramidStore pyramids;
    private final Augmentation augmentation;
    private final PatchCutter cutter;

    public NegativeCutter(PyramidStore pyramids, Augmentation augmentation) {
        this.pyramids = pyramids;
        this.augmentation = augmentation;
        this.cutter = new PatchCutter(pyramids.geometry().patch());
    }

    /** Puts the window of this key at a place of the batch, augmented. */
    public void cut(long key, PatchBatch batch, int index, SplittableRandom random) {
        batch.setPixels(
                index,
                cutter.cut(
                        pyramids.get(WindowKey.image(key)).level(WindowKey.level(key)),
                        WindowKey.row(key),
                        WindowKey.column(key),
                        augmentation.drawFlip(random)));
        batch.setBackground(index);
        augmentation.drawPhotometric(batch, index, random);
    }
}
