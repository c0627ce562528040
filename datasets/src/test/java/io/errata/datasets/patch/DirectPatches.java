package io.errata.datasets.patch;

import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.WindowKey;

/** Cuts each patch out of its whole level when it is asked for: slow, and right. */
record DirectPatches(PyramidStore pyramids) implements PatchSource {

    @Override
    public byte[] window(long key) {
        return new PatchCutter(pyramids.geometry().patch())
                .cut(level(WindowKey.image(key), WindowKey.level(key)), WindowKey.row(key), WindowKey.column(key));
    }

    @Override
    public byte[] frame(int image, int level, double centreX, double centreY, double zoom) {
        return new PatchCutter(pyramids.geometry().patch()).resample(level(image, level), centreX, centreY, zoom);
    }

    private Level level(int image, int level) {
        try (Pyramid pyramid = pyramids.open(image)) {
            return pyramid.level(level);
        }
    }
}
