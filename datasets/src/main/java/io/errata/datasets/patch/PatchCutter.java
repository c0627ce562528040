package io.errata.datasets.patch;

import io.errata.datasets.image.Region;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowKey;
import java.util.function.ObjIntConsumer;

/** Copies patches out of levels. Holds one patch of scratch memory: not safe to use from several threads. */
public final class PatchCutter {

    /** How much dearer a pixel is in a region that is resized by itself than in a whole level. */
    private static final int REGION_COST = 3;
    /** A level of more pixels is never made as a whole. */
    private static final long MOST_PIXELS = 1L << 24;

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
     * @param row of the level's windows, or of those of the part of one
     * @return shape {@code [P, P, 3]}; good until the next call
     */
    public byte[] cut(Level level, int row, int column) {
        int stride = level.grid().geometry().stride();
        int rowBytes = level.grid().paddedWidth() * 3;
        int from = row * stride * rowBytes + column * stride * 3;
        for (int y = 0; y < patch; y++) {
            System.arraycopy(level.pixels(), from + y * rowBytes, scratch, y * patch * 3, patch * 3);
        }
        return scratch;
    }

    /**
     * The patch about any place at any scale, bilinear, with the border's pixels repeated outside.
     *
     * @param level a whole one
     * @param centreX of the patch, in pixels of the level with its border
     * @param centreY of the patch
     * @param zoom pixels of the level for one of the patch
     * @return shape {@code [P, P, 3]}; good until the next call
     */
    public byte[] resample(Level level, double centreX, double centreY, double zoom) {
        Frame frame = new Frame(level.grid(), centreX, centreY, zoom);
        return resample(
                level.pixels(),
                new Region(0, 0, level.grid().paddedWidth(), level.grid().paddedHeight()),
                frame);
    }

    /** Resamples a frame from a region of its level that has all that is needed. */
    private byte[] resample(byte[] source, Region region, Frame frame) {
        int width = region.width();
        int at = 0;
        for (int y = 0; y < patch; y++) {
            double sy = frame.y(y);
            int y0 = (int) sy;
            int y1 = Math.min(y0 + 1, frame.height - 1);
            float fy = (float) (sy - y0);
            int upper = (y0 - region.y()) * width - region.x();
            int lower = (y1 - region.y()) * width - region.x();
            for (int x = 0; x < patch; x++) {
                double sx = frame.x(x);
                int x0 = (int) sx;
                int x1 = Math.min(x0 + 1, frame.width - 1);
                float fx = (float) (sx - x0);
                int topLeft = (upper + x0) * 3;
                int topRight = (upper + x1) * 3;
                int bottomLeft = (lower + x0) * 3;
                int bottomRight = (lower + x1) * 3;
                for (int c = 0; c < 3; c++) {
                    float top = mix(source[topLeft + c] & 0xff, source[topRight + c] & 0xff, fx);
                    float bottom = mix(source[bottomLeft + c] & 0xff, source[bottomRight + c] & 0xff, fx);
                    scratch[at++] = (byte) (mix(top, bottom, fy) + 0.5f);
                }
            }
        }
        return scratch;
    }

    /**
     * The pixels of some windows of an image.
     *
     * @param keys of the image's windows
     * @return shape {@code [keys, P, P, 3]}, in the order of the keys
     */
    public byte[] windows(Pyramid pyramid, long[] keys) {
        PatchRequests requests = new PatchRequests(patch);
        for (long key : keys) {
            requests.window(key);
        }
        byte[] patches = new byte[Math.multiplyExact(keys.length, scratch.length)];
        cut(
                pyramid,
                requests,
                requests.byLevel(),
                0,
                keys.length,
                (pixels, i) -> System.arraycopy(pixels, 0, patches, i * scratch.length, scratch.length));
        return patches;
    }

    /**
     * Cuts the patches of one image. Of a level that few are wanted of, only their pixels are made.
     *
     * @param order indices of requests, those of a level next to each other
     * @param from the first of this image's places in {@code order}
     * @param to the place after the last
     * @param sink takes each patch, good until the next one, and the index of its request
     */
    void cut(Pyramid pyramid, PatchRequests requests, int[] order, int from, int to, ObjIntConsumer<byte[]> sink) {
        int begin = from;
        while (begin < to) {
            int index = WindowKey.level(requests.key(order[begin]));
            int end = begin + 1;
            while (end < to && WindowKey.level(requests.key(order[end])) == index) {
                end++;
            }
            LevelGrid grid = pyramid.grid(index);
            Level whole = isWorthwhile(grid, end - begin) ? pyramid.level(grid) : null;
            for (int i = begin; i < end; i++) {
                int request = order[i];
                sink.accept(
                        whole == null ? cut(pyramid, grid, requests, request) : cut(whole, requests, request), request);
            }
            begin = end;
        }
    }

    /** Whether to make a whole level for so many patches; either way the patches are the same. */
    private boolean isWorthwhile(LevelGrid grid, int patches) {
        long levelPixels = (long) grid.paddedWidth() * grid.paddedHeight();
        double each = (double) patch * patch;
        return levelPixels <= MOST_PIXELS && REGION_COST * patches * each > levelPixels;
    }

    private byte[] cut(Level level, PatchRequests requests, int request) {
        if (requests.isWindow(request)) {
            long key = requests.key(request);
            return cut(level, WindowKey.row(key), WindowKey.column(key));
        }
        return resample(level, requests.centreX(request), requests.centreY(request), requests.zoom(request));
    }

    private byte[] cut(Pyramid pyramid, LevelGrid grid, PatchRequests requests, int request) {
        if (requests.isWindow(request)) {
            long key = requests.key(request);
            return pyramid.level(grid.part(WindowKey.row(key), WindowKey.column(key), 1, 1))
                    .pixels();
        }
        Frame frame = new Frame(grid, requests.centreX(request), requests.centreY(request), requests.zoom(request));
        Region needed = frame.region();
        return resample(pyramid.region(grid, needed), needed, frame);
    }

    private static float mix(float a, float b, float share) {
        return a + (b - a) * share;
    }

    /** A square of a level that becomes a patch. */
    private final class Frame {
        private final int width;
        private final int height;
        private final double centreX;
        private final double centreY;
        private final double zoom;

        Frame(LevelGrid level, double centreX, double centreY, double zoom) {
            this.width = level.paddedWidth();
            this.height = level.paddedHeight();
            this.centreX = centreX;
            this.centreY = centreY;
            this.zoom = zoom;
        }

        /** The place on the level of a column of the patch. */
        double x(int column) {
            return clamp((column + 0.5 - patch / 2.0) * zoom + centreX - 0.5, width - 1);
        }

        double y(int row) {
            return clamp((row + 0.5 - patch / 2.0) * zoom + centreY - 0.5, height - 1);
        }

        /** The pixels of the level that it is made of. */
        Region region() {
            int left = (int) x(0);
            int top = (int) y(0);
            int right = Math.min((int) x(patch - 1) + 1, width - 1);
            int bottom = Math.min((int) y(patch - 1) + 1, height - 1);
            return new Region(left, top, right - left + 1, bottom - top + 1);
        }

        private static double clamp(double value, int most) {
            return Math.min(Math.max(value, 0), most);
        }
    }
}
