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

    /** The windows of one level of one image, ascending. */
    public long[] ofLevel(int image, int level) {
        int from = insertion(WindowKey.of(image, level, 0, 0));
        long last = WindowKey.of(image, level, WindowKey.MAX_STEPS - 1, WindowKey.MAX_STEPS - 1);
        int to = insertion(last) + (contains(last) ? 1 : 0);
        return Arrays.copyOfRange(keys, from, to);
    }

    /** All keys, ascending; a copy. */
    public long[] toArray() {
        return keys.clone();
    }

    private int insertion(long key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? -at - 1 : at;
    }
}
