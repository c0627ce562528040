package io.errata.datasets.patch;

import io.errata.datasets.pyramid.Level;

/** Copies patches out of levels. Holds one patch of scratch memory: not safe to use from several threads. */
public final class PatchCutter {

    private final int patch;
    private final byte[] scratch;

    /** @param patch the side of a patch in pixels */
    public PatchCutter(int patch) {
        this.patch = patch;
        this.scratch = new byte[patch * patch * 3];
    }

    /**
     * A window's own pixels.
     *
     * @param flip how it is mirrored
     * @return shape {@code [P, P, 3]}; good until the next call
     */
    public byte[] cut(Level level, int row, int column, Flip flip) {
        int stride = level.grid().geometry().stride();
        int rowBytes = level.grid().paddedWidth() * 3;
        int from = row * stride * rowBytes + column * stride * 3;
        for (int y = 0; y < patch; y++) {
            System.arraycopy(level.pixels(), from + y * rowBytes, scratch, y * patch * 3, patch * 3);
        }
        flip.apply(scratch, patch);
        return scratch;
    }

    /**
     * The patch about any place at any scale, bilinear, with the border's pixels repeated outside.
     *
     * @param centreX of the patch, in pixels of the level with its border
     * @param centreY of the patch
     * @param zoom pixels of the level for one of the patch
     * @param flip how it is mirrored
     * @return shape {@code [P, P, 3]}; good until the next call
     */
    public byte[] resample(Level level, double centreX, double centreY, double zoom, Flip flip) {
        int width = level.grid().paddedWidth();
        int height = level.grid().paddedHeight();
        byte[] source = level.pixels();
        int at = 0;
        for (int y = 0; y < patch; y++) {
            double sy = clamp((y + 0.5 - patch / 2.0) * zoom + centreY - 0.5, height - 1);
            int y0 = (int) sy;
            int y1 = Math.min(y0 + 1, height - 1);
            float fy = (float) (sy - y0);
            for (int x = 0; x < patch; x++) {
                double sx = clamp((x + 0.5 - patch / 2.0) * zoom + centreX - 0.5, width - 1);
                int x0 = (int) sx;
                int x1 = Math.min(x0 + 1, width - 1);
                float fx = (float) (sx - x0);
                int topLeft = (y0 * width + x0) * 3;
                int topRight = (y0 * width + x1) * 3;
                int bottomLeft = (y1 * width + x0) * 3;
                int bottomRight = (y1 * width + x1) * 3;
                for (int c = 0; c < 3; c++) {
                    float top = mix(source[topLeft + c] & 0xff, source[topRight + c] & 0xff, fx);
                    float bottom = mix(source[bottomLeft + c] & 0xff, source[bottomRight + c] & 0xff, fx);
                    scratch[at++] = (byte) (mix(top, bottom, fy) + 0.5f);
                }
            }
        }
        flip.apply(scratch, patch);
        return scratch;
    }

    private static float mix(float a, float b, float share) {
        return a + (b - a) * share;
    }

    private static double clamp(double value, int most) {
        return Math.min(Math.max(value, 0), most);
    }
}
