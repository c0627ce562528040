package io.errata.datasets.window;

/**
 * A window's name: image, level, row and column packed into one {@code long}, 23, 8, 16 and 16 bits from the top. Keys are
 * non-negative and sort by image, level, row and column.
 */
public final class WindowKey {

    /** Images a corpus can have. */
    public static final int MAX_IMAGES = 1 << 23;
    /** Levels a geometry can have. */
    public static final int MAX_LEVELS = 1 << 8;
    /** Rows, and columns, a level can have. */
    public static final int MAX_STEPS = 1 << 16;

    /** The bits of a key below its image: the largest key of an image has them all. */
    public static final long WITHIN_IMAGE = (1L << 40) - 1;

    private WindowKey() {}

    /** Packs a window; the arguments must be within the limits above, which is not checked here. */
    public static long of(int image, int level, int row, int column) {
        return (long) image << 40 | (long) level << 32 | (long) row << 16 | column;
    }

    public static int image(long key) {
        return (int) (key >>> 40);
    }

    public static int level(long key) {
        return (int) (key >>> 32) & 0xff;
    }

    public static int row(long key) {
        return (int) (key >>> 16) & 0xffff;
    }

    public static int column(long key) {
        return (int) key & 0xffff;
    }

    /** {@code image/level/row/column}, for people. */
    public static String toString(long key) {
        return image(key) + "/" + level(key) + "/" + row(key) + "/" + column(key);
    }
}
