package io.errata.datasets.patch;

/**
 * How a patch is mirrored.
 *
 * @param horizontal whether left and right are exchanged
 * @param vertical whether top and bottom are exchanged
 */
public record Flip(boolean horizontal, boolean vertical) {

    /**
     * Mirrors a patch in place, and gives it back.
     *
     * @param pixels shape {@code [side, side, 3]}
     */
    byte[] applied(byte[] pixels, int side) {
        return applied(pixels, side, 3);
    }

    /**
     * Mirrors a patch in place, and gives it back.
     *
     * @param pixels shape {@code [side, side, channels]}
     */
    public byte[] applied(byte[] pixels, int side, int channels) {
        if (horizontal) {
            for (int y = 0; y < side; y++) {
                for (int left = y * side, right = left + side - 1; left < right; left++, right--) {
                    swap(pixels, channels * left, channels * right, channels);
                }
            }
        }
        if (vertical) {
            for (int top = 0, bottom = side - 1; top < bottom; top++, bottom--) {
                swap(pixels, top * side * channels, bottom * side * channels, channels * side);
            }
        }
        return pixels;
    }

    private static void swap(byte[] pixels, int one, int other, int count) {
        for (int i = 0; i < count; i++) {
            byte swapped = pixels[one + i];
            pixels[one + i] = pixels[other + i];
            pixels[other + i] = swapped;
        }
    }
}
