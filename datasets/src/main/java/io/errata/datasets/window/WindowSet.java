package io.errata.datasets.window;

import java.util.Arrays;
import java.util.stream.LongStream;

/** A set of windows: distinct keys in ascending order, eight bytes each. Immutable. */
public final class WindowSet {

    private static final WindowSet EMPTY = new WindowSet(new long[0]);

    private final long[] keys;

    private WindowSet(long[] keys) {
        this.keys = keys;
    }

    public static WindowSet empty() {
        return EMPTY;
    }

    /** The distinct keys among these, in any order. */
    public static WindowSet of(long... keys) {
        return new WindowSet(Arrays.stream(keys).sorted().distinct().toArray());
    }

    /** The windows in either set. */
    public WindowSet union(WindowSet other) {
        return new WindowSet(LongStream.concat(Arrays.stream(keys), Arrays.stream(other.keys))
                .sorted()
                .distinct()
                .toArray());
    }

    public boolean contains(long key) {
        return Arrays.binarySearch(keys, key) >= 0;
    }

    public int size() {
        return keys.length;
    }

    /** The key at this place of the ascending order. */
    public long get(int index) {
        return keys[index];
    }

    /** The windows of an image, ascending. */
    public long[] ofImage(int image) {
        long first = WindowKey.of(image, 0, 0, 0);
        return Arrays.copyOfRange(keys, insertion(first), after(first | WindowKey.WITHIN_IMAGE));
    }

    /** The windows of an image that are in this grid, ascending. */
    public long[] within(int image, LevelGrid grid) {
        if (grid.windows() == 0) {
            return new long[0];
        }
        int from = insertion(grid.key(image, 0));
        int to = after(grid.key(image, grid.windows() - 1));
        return Arrays.stream(keys, from, to).filter(grid::has).toArray();
    }

    /** All keys, ascending; a copy. */
    public long[] toArray() {
        return keys.clone();
    }

    /** The place after this key and all smaller ones. */
    private int after(long key) {
        return insertion(key) + (contains(key) ? 1 : 0);
    }

    private int insertion(long key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? -at - 1 : at;
    }
}
