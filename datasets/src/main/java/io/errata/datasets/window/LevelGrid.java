package io.errata.datasets.window;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The windows of one level of one image size: {@code rows × columns} patches every {@code stride} pixels of the resized image with
 * its border; or a part of these, some rows and columns next to each other, which are counted from 0 again. Keys name a window of the
 * level, whatever part it is found in. All other coordinates that come out are pixels of the original image.
 *
 * @param geometry the geometry this is a level of
 * @param level its index there
 * @param imageWidth of the original image, in pixels
 * @param imageHeight of the original image, in pixels
 * @param width of the resized image without border, in pixels
 * @param height of the resized image without border, in pixels
 * @param firstRow the level's row of windows that this part begins with; 0 for the whole level
 * @param firstColumn the level's column that it begins with; 0 for the whole level
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
        int firstRow,
        int firstColumn,
        int rows,
        int columns) {

    /** More windows on one level are no detector's any more. */
    private static final int MOST_WINDOWS = 1 << 28;

    /** @throws InvalidInputException if the level would have more windows than {@link WindowKey} names */
    static LevelGrid of(WindowGeometry geometry, int level, int imageWidth, int imageHeight) {
        WindowShape shape = geometry.shapes().get(level);
        double width = resized(geometry, imageWidth, shape.width());
        double height = resized(geometry, imageHeight, shape.height());
        if (!fits(geometry, level, imageWidth, imageHeight)) {
            throw new InvalidInputException(Problem.of(
                    "level-too-large",
                    String.format(
                            Locale.ROOT,
                            "an image resized for the smallest objects must have at most %d windows a side and %d in all,"
                                    + " found %.0f × %.0f pixels for objects of %.3g × %.3g on an image of %d × %d;"
                                    + " give boxes in pixels, or raise windows.smallest",
                            WindowKey.MAX_STEPS,
                            MOST_WINDOWS,
                            width,
                            height,
                            shape.width(),
                            shape.height(),
                            imageWidth,
                            imageHeight)));
        }
        int rows = steps(geometry, (int) height);
        int columns = steps(geometry, (int) width);
        return new LevelGrid(geometry, level, imageWidth, imageHeight, (int) width, (int) height, 0, 0, rows, columns);
    }

    /** Whether a level has no more windows than {@link WindowKey} names. */
    static boolean fits(WindowGeometry geometry, int level, int imageWidth, int imageHeight) {
        WindowShape shape = geometry.shapes().get(level);
        double columns = resized(geometry, imageWidth, shape.width()) / geometry.stride();
        double rows = resized(geometry, imageHeight, shape.height()) / geometry.stride();
        return Math.max(columns, rows) < WindowKey.MAX_STEPS && columns * rows <= MOST_WINDOWS;
    }

    /** The side of an image on which an object of this extent fills its part of a patch, in pixels. */
    private static double resized(WindowGeometry geometry, int side, double extent) {
        return Math.max(1, (double) Math.round(side * (geometry.patch() / geometry.context()) / extent));
    }

    private static int steps(WindowGeometry geometry, int side) {
        int room = side + 2 * geometry.border() - geometry.patch();
        return room < 0 ? 0 : room / geometry.stride() + 1;
    }

    /** Some rows and columns of these, counted from 0 in the part; {@code row} and {@code column} are counted in this one. */
    public LevelGrid part(int row, int column, int partRows, int partColumns) {
        return new LevelGrid(
                geometry,
                level,
                imageWidth,
                imageHeight,
                width,
                height,
                firstRow + row,
                firstColumn + column,
                partRows,
                partColumns);
    }

    /**
     * The windows in parts of at most so many pixels each, where a window has no more: as few pixels in all as equal parts allow. The
     * parts' windows are those of this grid, each once; their pixels overlap.
     */
    public List<LevelGrid> tiles(long mostPixels) {
        if (windows() == 0) {
            return List.of();
        }
        if ((long) extent(columns) * extent(rows) <= mostPixels) {
            return List.of(this);
        }
        int tileColumns = 1;
        long least = Long.MAX_VALUE;
        for (int across = 1; across <= columns; across++) {
            int candidate = divided(columns, across);
            if (candidate > 1 && (long) extent(candidate) * geometry.patch() > mostPixels) {
                continue; // too wide for a single row
            }
            long pixels = (long) extent(candidate) * across * tileHeights(candidate, mostPixels);
            if (pixels < least) {
                least = pixels;
                tileColumns = candidate;
            } else if (pixels > 2 * least) {
                break; // the narrower, the more they overlap
            }
        }
        int across = divided(columns, tileColumns);
        int down = divided(rows, tileRows(tileColumns, mostPixels));
        List<LevelGrid> tiles = new ArrayList<>();
        for (int i = 0; i < down; i++) {
            int row = share(rows, i, down);
            for (int j = 0; j < across; j++) {
                int column = share(columns, j, across);
                tiles.add(part(row, column, share(rows, i + 1, down) - row, share(columns, j + 1, across) - column));
            }
        }
        return tiles;
    }

    /** Where the part of this index begins, of so many that are equal but for one. */
    private static int share(int count, int index, int parts) {
        return (int) ((long) count * index / parts);
    }

    /** The windows in parts of whole rows, from the top, each of about so many windows at most. */
    public List<LevelGrid> bands(int mostWindows) {
        int bandRows = Math.max(1, mostWindows / Math.max(1, columns));
        List<LevelGrid> bands = new ArrayList<>();
        for (int row = 0; row < rows; row += bandRows) {
            bands.add(part(row, 0, Math.min(bandRows, rows - row), columns));
        }
        return bands;
    }

    /** Rows of windows of tiles of so many columns, all about as high. */
    private int tileRows(int tileColumns, long mostPixels) {
        long fitting = (mostPixels / extent(tileColumns) - geometry.patch()) / geometry.stride() + 1;
        return divided(rows, divided(rows, (int) Math.min(rows, Math.max(1, fitting))));
    }

    /** The heights of such tiles one above the other, in pixels. */
    private long tileHeights(int tileColumns, long mostPixels) {
        int tileRows = tileRows(tileColumns, mostPixels);
        return (long) divided(rows, tileRows) * extent(tileRows);
    }

    private static int divided(int count, int parts) {
        return (count + parts - 1) / parts;
    }

    /** The pixels from the first to the last of so many windows. */
    private int extent(int windows) {
        return (windows - 1) * geometry.stride() + geometry.patch();
    }

    private boolean isWhole() {
        return rows == steps(geometry, height) && columns == steps(geometry, width);
    }

    /** How many windows there are. */
    public int windows() {
        return Math.multiplyExact(rows, columns);
    }

    /** The key of the window that is number {@code window} of this grid, counted row by row. */
    public long key(int image, int window) {
        return WindowKey.of(image, level, firstRow + window / columns, firstColumn + window % columns);
    }

    /** The number in this grid of a window, counted row by row; it must be {@link #has one of its}. */
    public int index(long key) {
        return (WindowKey.row(key) - firstRow) * columns + WindowKey.column(key) - firstColumn;
    }

    /** Whether a window of this level is one of this grid's. */
    public boolean has(long key) {
        int row = WindowKey.row(key) - firstRow;
        int column = WindowKey.column(key) - firstColumn;
        return row >= 0 && row < rows && column >= 0 && column < columns;
    }

    /** The column of pixels of the level with its border that these windows begin at. */
    public int pixelX() {
        return firstColumn * geometry.stride();
    }

    /** The row of pixels of the level with its border that these windows begin at. */
    public int pixelY() {
        return firstRow * geometry.stride();
    }

    /** The width of the pixels under these windows; that of the whole level is with its border, in pixels. */
    public int paddedWidth() {
        return isWhole() ? width + 2 * geometry.border() : extent(columns);
    }

    /** The height of the pixels under these windows; that of the whole level is with its border, in pixels. */
    public int paddedHeight() {
        return isWhole() ? height + 2 * geometry.border() : extent(rows);
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
        return ((firstColumn + column) * (double) geometry.stride() - geometry.border() + geometry.patch() / 2.0)
                / scaleX();
    }

    /** The centre of the windows of a row, in pixels of the image. */
    public double centreY(int row) {
        return ((firstRow + row) * (double) geometry.stride() - geometry.border() + geometry.patch() / 2.0) / scaleY();
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
