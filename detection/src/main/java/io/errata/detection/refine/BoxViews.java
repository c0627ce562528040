package io.errata.detection.refine;

import io.errata.core.geometry.Box;
import io.errata.datasets.image.ImageCrops;
import io.errata.detection.network.CropArchitecture;

/** The views of a box that a network over crops looks at: the box with more or less of what is about it. */
final class BoxViews {

    /** Boxes are looked at as if they had at least this extent, in pixels. */
    private static final double LEAST = 2;

    private BoxViews() {}

    /**
     * Cuts out all views of a box.
     *
     * @param target shape {@code [side, side, 3 · views]} from {@code offset} on
     */
    static void cut(ImageCrops crops, Box box, CropArchitecture architecture, byte[] target, int offset) {
        for (int view = 0; view < architecture.views().size(); view++) {
            double shown = architecture.views().get(view);
            crops.cut(stretched(box, shown), architecture.side(), target, offset + 3 * view, architecture.channels());
        }
    }

    /** The box so many times as large, about the same centre. */
    static Box stretched(Box box, double times) {
        double x = (box.x1() + box.x2()) / 2;
        double y = (box.y1() + box.y2()) / 2;
        double width = times * Math.max(LEAST, box.width()) / 2;
        double height = times * Math.max(LEAST, box.height()) / 2;
        return new Box(x - width, y - height, x + width, y + height);
    }
}
