package io.errata.datasets.patch;

import io.errata.core.geometry.Box;
import io.errata.datasets.window.LevelGrid;

/**
 * An object's box in terms of a window: the shift of the centre in window frames and the logarithm of the extent,
 * {@code dx = (x − cx) / w}, {@code dy}, {@code dw = log(width / w)}, {@code dh}, divided by {@link #SCALE} where a network
 * predicts them. The parameters of R-CNN (Girshick et al. 2014, arXiv 1311.2524, appendix C).
 */
public final class BoxOffsets {

    /** What targets are divided by, so that they are of the order of 1. */
    public static final double SCALE = 0.2;
    /** The largest change of the logarithm of an extent that is believed. */
    private static final double MOST = 1;

    private BoxOffsets() {}

    /** The box that these offsets (already times {@link #SCALE}) make of a window, clipped to the image. NaN is taken as 0. */
    public static Box decode(LevelGrid grid, int row, int column, float dx, float dy, float dw, float dh) {
        return decode(grid.centreX(column), grid.centreY(row), grid.frameWidth(), grid.frameHeight(), dx, dy, dw, dh)
                .clippedTo(grid.imageWidth(), grid.imageHeight());
    }

    /** The box that these offsets (already times {@link #SCALE}) make of a box that is not empty. NaN is taken as 0. */
    public static Box decode(Box frame, float dx, float dy, float dw, float dh) {
        return decode(
                (frame.x1() + frame.x2()) / 2,
                (frame.y1() + frame.y2()) / 2,
                frame.width(),
                frame.height(),
                dx,
                dy,
                dw,
                dh);
    }

    private static Box decode(
            double centreX,
            double centreY,
            double frameWidth,
            double frameHeight,
            float dx,
            float dy,
            float dw,
            float dh) {
        double width = frameWidth * Math.exp(bounded(dw));
        double height = frameHeight * Math.exp(bounded(dh));
        double x = centreX + finite(dx) * frameWidth;
        double y = centreY + finite(dy) * frameHeight;
        return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }

    /**
     * The offsets of an object's box in terms of another box, both not empty, divided by {@link #SCALE}: what a network learns to
     * predict.
     *
     * @return dx, dy, dw, dh
     */
    public static double[] encode(Box frame, Box object) {
        return new double[] {
            (object.x1() + object.x2() - frame.x1() - frame.x2()) / (2 * frame.width() * SCALE),
            (object.y1() + object.y2() - frame.y1() - frame.y2()) / (2 * frame.height() * SCALE),
            Math.log(object.width() / frame.width()) / SCALE,
            Math.log(object.height() / frame.height()) / SCALE
        };
    }

    private static double bounded(float value) {
        return Math.min(Math.max(finite(value), -MOST), MOST);
    }

    private static double finite(float value) {
        return Float.isNaN(value) ? 0 : value;
    }
}
