package io.errata.datasets.patch;

import io.errata.datasets.window.WindowKey;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Patches that are wanted, in the order in which they were asked for: a {@link PatchSource} that has no pixels and remembers what it was
 * asked for, so that all patches can be cut image by image afterwards. 32 bytes a patch.
 */
public final class PatchRequests implements PatchSource {

    private static final int PLACE = 3;

    private final byte[] scratch;
    private long[] keys = new long[1024];
    /** Centre and zoom of each patch; those of a window are not used. */
    private double[] places = new double[PLACE * 1024];

    private int size;

    /** @param patch the side of a patch in pixels */
    public PatchRequests(int patch) {
        scratch = new byte[patch * patch * 3];
    }

    @Override
    public byte[] window(long key) {
        return add(key, 0, 0, 0);
    }

    @Override
    public byte[] frame(int image, int level, double centreX, double centreY, double zoom) {
        return add(WindowKey.of(image, level, 0, 0), centreX, centreY, zoom);
    }

    private byte[] add(long key, double centreX, double centreY, double zoom) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            places = Arrays.copyOf(places, 2 * PLACE * size);
        }
        keys[size] = key;
        places[PLACE * size] = centreX;
        places[PLACE * size + 1] = centreY;
        places[PLACE * size + 2] = zoom;
        size++;
        return scratch;
    }

    /** How many patches were asked for. */
    public int size() {
        return size;
    }

    int patchBytes() {
        return scratch.length;
    }

    long key(int index) {
        return keys[index];
    }

    /** Whether a patch is a window of the grid. */
    boolean isWindow(int index) {
        return zoom(index) == 0;
    }

    double centreX(int index) {
        return places[PLACE * index];
    }

    double centreY(int index) {
        return places[PLACE * index + 1];
    }

    double zoom(int index) {
        return places[PLACE * index + 2];
    }

    /** The patches' indices by image and level, those of a level in the order in which they were asked for. */
    int[] byLevel() {
        long[] order = IntStream.range(0, size)
                .mapToLong(i -> ((keys[i] >>> 32) << 32) | i)
                .toArray();
        Arrays.sort(order); // image, level, index
        return Arrays.stream(order).mapToInt(i -> (int) i).toArray();
    }
}
