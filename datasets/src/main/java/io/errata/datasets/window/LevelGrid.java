package io.errata.datasets.window;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.Locale;

/**
 * The windows of one level of one image size: {@code rows × columns} patches every {@code stride} pixels of the resized image with
 * its border. All coordinates that come out are pixels of the original image.
 *
 * @param geometry the geometry this is a level of
 * @param level its index there
 * @param imageWidth of the original image, in pixels
 * @param imageHeight of the original image, in pixels
 * @param width of the resized image without border, in pixels
 * @param height of the resized image without border, in pixels
 * @param rows of windows
 * @param columns of windows
 */
public record LevelGrid(
        WindowGeometry geometry,
        int level,
        int imageWidth,
        int imageHeight,
        int width,
        int height,
        int rows,
        int columns) {

    /** The largest array of the JVM. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    /** @throws InvalidInputException if the level would be too large for an array or for {@link WindowKey} */
    static LevelGrid of(WindowGeometry geometry, int level, int imageWidth, int imageHeight) {
        WindowShape shape = geometry.shapes().get(level);
        double width = resized(geometry, imageWidth, shape.width());
        double height = resized(geometry, imageHeight, shape.height());
        if (!fits(geometry, level, imageWidth, imageHeight)) {
            throw new InvalidInputException(Problem.of(
                    "level-too-large",
                    String.format(
                            Locale.ROOT,
                            "an image resized for the smallest objects must have at most 2 GiB and %d windows a side,"
                                    + " found %.0f × %.0f pixels for objects of %.3g × %.3g on an image of %d × %d;"
                                    + " give boxes in pixels, or raise windows.smallest",
                            WindowKey.MAX_STEPS,
                            width,
                            height,
                            shape.width(),
                            shape.height(),
                            imageWidth,
                            imageHeight)));
        }
        int rows = steps(geometry, (int) height);
        int columns = steps(geometry, (int) width);
        return new LevelGrid(geometry, level, imageWidth, imageHeight, (int) width, (int) height, rows, columns);
    }

    /** Whether a level is small enough for an array and for {@link WindowKey}. */
    static boolean fits(WindowGeometry geometry, int level, int imageWidth, int imageHeight) {
        WindowShape shape = geometry.shapes().get(level);
        double width = resized(geometry, imageWidth, shape.width());
        double height = resized(geometry, imageHeight, shape.height());
        double border = 2.0 * geometry.border();
        double bytes = 3 * (width + border) * (height + border);
        return bytes <= MOST_BYTES && Math.max(width, height) / geometry.stride() < WindowKey.MAX_STEPS;
    }

    /** The side of an image on which an object of this extent fills its part of a patch, in pixels. */
    private static double resized(WindowGeometry geometry, int side, double extent) {
        return Math.max(1, (double) Math.round(side * (geometry.patch() / geometry.context()) / extent));
    }

    private static int steps(WindowGeometry geometry, int side) {
        int room = side + 2 * geometry.border() - geometry.patch();
        return room < 0 ? 0 : room / geometry.stride() + 1;
    }

    /** How many windows the level has. */
    public int windows() {
        return Math.multiplyExact(rows, columns);
    }

    /** The key of the window that is number {@code window} of this level, counted row by row. */
    public long key(int image, int window) {
        return WindowKey.ofIndex(image, level, window, columns);
    }

    /** The number of a window of this level, counted row by row. */
    public int index(long key) {
        return WindowKey.index(key, columns);
    }

    /** The level's width with its border, in pixels. */
    public int paddedWidth() {
        return width + 2 * geometry.border();
    }

    /** The level's height with its border, in pixels. */
    public int paddedHeight() {
        return height + 2 * geometry.border();
    }

    /** Pixels of the level for one of the image, horizontally. */
    public double scaleX() {
        return (double) width / imageWidth;
    }

    /** Pixels of the level for one of the image, vertically. */
    public double scaleY() {
        return (double) height / imageHeight;
    }

    /** The width of the object a window frames, in pixels of the image, before clipping. */
    public double frameWidth() {
        return geometry.patch() / geometry.context() / scaleX();
    }

    /** The height of the object a window frames, in pixels of the image, before clipping. */
    public double frameHeight() {
        return geometry.patch() / geometry.context() / scaleY();
    }

    /** The centre of the windows of a column, in pixels of the image. */
    public double centreX(int column) {
        return (column * (double) geometry.stride() - geometry.border() + geometry.patch() / 2.0) / scaleX();
    }

    /** The centre of the windows of a row, in pixels of the image. */
    public double centreY(int row) {
        return (row * (double) geometry.stride() - geometry.border() + geometry.patch() / 2.0) / scaleY();
    }

    /** The left edge of the object that the windows of a column frame, clipped to the image. */
    public double left(int column) {
        return clip(centreX(column) - frameWidth() / 2, imageWidth);
    }

    /** The right edge of the object that the windows of a column frame, clipped to the image. */
    public double right(int column) {
        return clip(centreX(column) + frameWidth() / 2, imageWidth);
    }

    /** The top edge of the object that the windows of a row frame, clipped to the image. */
    public double top(int row) {
        return clip(centreY(row) - frameHeight() / 2, imageHeight);
    }

    /** The bottom edge of the object that the windows of a row frame, clipped to the image. */
    public double bottom(int row) {
        return clip(centreY(row) + frameHeight() / 2, imageHeight);
    }

    /** The object that a window frames, clipped to the image: what is compared with the ground truth. */
    public Box box(int row, int column) {
        return new Box(left(column), top(row), right(column), bottom(row));
    }

    private static double clip(double value, double most) {
        return Math.min(Math.max(value, 0), most);
    }
}
