package io.errata.datasets.image;

import java.util.Arrays;

/**
 * Resizes a region of an image of three channels as if the whole were resized: the arithmetic of OpenCV's {@code INTER_AREA} along the
 * axes that shrink and of its {@code INTER_LINEAR} along those that grow, to the last bit, which a test holds. What it costs goes with
 * the region. Not safe to use from several threads.
 */
final class RegionResizer {

    private static final int CHANNELS = 3;
    /** Where OpenCV takes a ratio of sizes for a whole number. */
    private static final double EPSILON = Math.ulp(1.0);
    /** A share of a pixel that OpenCV leaves out of a mean. */
    private static final double NOTHING = 1e-3;
    /** Weights of a bilinear mean are whole numbers of this. */
    private static final int ONE = 1 << 11;
    /** Added to a float below 2²², it leaves the number rounded to the nearest, ties to even, in the lowest bits. */
    private static final float ROUNDING = 3 << 22;

    private final Rows source;
    private final int sourceWidth;
    private final int sourceHeight;
    private final int width;
    private final int height;

    /** Where pixels come from. */
    @FunctionalInterface
    interface Rows {
        /** Copies as many bytes of a row, from this column on, as the array holds. */
        int get(int row, int column, byte[] into);
    }

    /**
     * @param source rows of {@code sourceWidth} pixels, {@code sourceHeight} of them
     * @param width of the whole resized image, in pixels
     * @param height of the whole resized image, in pixels
     */
    RegionResizer(Rows source, int sourceWidth, int sourceHeight, int width, int height) {
        this.source = source;
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.width = width;
        this.height = height;
    }

    /**
     * A region of the resized image with a border that repeats the pixels of its edge.
     *
     * @param region of the image with its border
     * @return shape {@code [region.height(), region.width(), 3]}
     */
    byte[] withBorder(int border, Region region) {
        int left = clamp(region.x() - border, width);
        int top = clamp(region.y() - border, height);
        int right = clamp(region.x() + region.width() - 1 - border, width) + 1;
        int bottom = clamp(region.y() + region.height() - 1 - border, height) + 1;
        byte[] inner = region(new Region(left, top, right - left, bottom - top));
        if (right - left == region.width() && bottom - top == region.height()) {
            return inner;
        }
        byte[] bordered = new byte[CHANNELS * region.width() * region.height()];
        int rowBytes = CHANNELS * region.width();
        for (int y = 0; y < region.height(); y++) {
            int from = (clamp(region.y() + y - border, height) - top) * (right - left);
            for (int x = 0; x < region.width(); x++) {
                int at = CHANNELS * (from + clamp(region.x() + x - border, width) - left);
                System.arraycopy(inner, at, bordered, y * rowBytes + CHANNELS * x, CHANNELS);
            }
        }
        return bordered;
    }

    private byte[] region(Region region) {
        int cols = Math.min(width, sourceWidth);
        int rows = Math.min(height, sourceHeight);
        if (cols == width && rows == height) {
            return shrunk(source, cols, rows, region);
        }
        Linear across = new Linear(region.x(), region.width(), cols, width);
        across.keepEdges();
        Linear down = new Linear(region.y(), region.height(), rows, height);
        Region needed = new Region(across.low(), down.low(), across.extent(), down.extent());
        return grown(shrunk(source, cols, rows, needed), needed, across, down);
    }

    /** A region of the source shrunk to so many columns and rows, which may be as many as it has. */
    private byte[] shrunk(Rows from, int cols, int rows, Region region) {
        if (cols == sourceWidth && rows == sourceHeight) {
            return copied(from, region);
        }
        double ratioX = 1 / ((double) cols / sourceWidth);
        double ratioY = 1 / ((double) rows / sourceHeight);
        int wholeX = (int) Math.rint(ratioX);
        int wholeY = (int) Math.rint(ratioY);
        return Math.abs(ratioX - wholeX) < EPSILON && Math.abs(ratioY - wholeY) < EPSILON
                ? blockMeans(from, wholeX, wholeY, region)
                : weightedMeans(
                        from,
                        new Area(region.x(), region.width(), sourceWidth, ratioX),
                        new Area(region.y(), region.height(), sourceHeight, ratioY));
    }

    private static byte[] copied(Rows from, Region region) {
        byte[] bytes = new byte[CHANNELS * region.width() * region.height()];
        byte[] row = new byte[CHANNELS * region.width()];
        for (int y = 0; y < region.height(); y++) {
            from.get(region.y() + y, region.x(), row);
            System.arraycopy(row, 0, bytes, y * row.length, row.length);
        }
        return bytes;
    }

    /** Means of blocks of whole pixels. */
    private static byte[] blockMeans(Rows from, int blockWidth, int blockHeight, Region region) {
        int[] sums = new int[CHANNELS * region.width()];
        byte[] row = new byte[sums.length * blockWidth];
        byte[] means = new byte[sums.length * region.height()];
        float share = 1f / (blockWidth * blockHeight);
        boolean quarters = blockWidth == 2 && blockHeight == 2;
        for (int y = 0; y < region.height(); y++) {
            Arrays.fill(sums, 0);
            for (int i = 0; i < blockHeight; i++) {
                from.get((region.y() + y) * blockHeight + i, region.x() * blockWidth, row);
                for (int x = 0, at = 0; x < sums.length; x += CHANNELS) {
                    for (int j = 0; j < blockWidth; j++, at += CHANNELS) {
                        sums[x] += row[at] & 0xff;
                        sums[x + 1] += row[at + 1] & 0xff;
                        sums[x + 2] += row[at + 2] & 0xff;
                    }
                }
            }
            for (int x = 0; x < sums.length; x++) {
                means[y * sums.length + x] = quarters ? (byte) ((sums[x] + 2) >> 2) : rounded(sums[x] * share);
            }
        }
        return means;
    }

    private static byte[] weightedMeans(Rows from, Area across, Area down) {
        int length = CHANNELS * across.size();
        byte[] row = new byte[CHANNELS * (across.high() - across.low())];
        float[] line = new float[length];
        float[] sum = new float[length];
        byte[] means = new byte[length * down.size()];
        int lineOf = -1;
        for (int y = 0; y < down.size(); y++) {
            for (int entry = down.first[y]; entry < down.first[y + 1]; entry++) {
                int sourceRow = down.source[entry];
                if (sourceRow != lineOf) { // two rows may share one of the source
                    from.get(sourceRow, across.low(), row);
                    across.means(row, line);
                    lineOf = sourceRow;
                }
                float share = down.share[entry];
                if (entry == down.first[y]) {
                    for (int i = 0; i < length; i++) {
                        sum[i] = share * line[i];
                    }
                } else {
                    for (int i = 0; i < length; i++) {
                        sum[i] += share * line[i];
                    }
                }
            }
            for (int i = 0; i < length; i++) {
                means[y * length + i] = rounded(sum[i]);
            }
        }
        return means;
    }

    /** The nearest whole number, ties to even, of one between 0 and a little over 255. */
    private static byte rounded(float value) {
        return (byte) Math.min(255, Float.floatToRawIntBits(value + ROUNDING) & 0x3fffff);
    }

    private static byte[] grown(byte[] pixels, Region of, Linear across, Linear down) {
        int length = CHANNELS * across.size();
        byte[] grown = new byte[length * down.size()];
        int[] upper = new int[length];
        int[] lower = new int[length];
        int upperOf = -1;
        int lowerOf = -1;
        for (int y = 0; y < down.size(); y++) {
            int above = down.first[y] - of.y();
            int below = down.second[y] - of.y();
            if (above != upperOf && above == lowerOf) {
                int[] swapped = upper;
                upper = lower;
                lower = swapped;
                upperOf = above;
                lowerOf = -1;
            }
            if (above != upperOf) {
                across.mix(pixels, CHANNELS * of.width() * above, of.x(), upper);
                upperOf = above;
            }
            if (below != lowerOf) {
                across.mix(pixels, CHANNELS * of.width() * below, of.x(), lower);
                lowerOf = below;
            }
            int own = down.firstShare[y];
            int other = down.secondShare[y];
            for (int i = 0; i < length; i++) {
                grown[y * length + i] =
                        (byte) ((((own * (upper[i] >> 4)) >> 16) + ((other * (lower[i] >> 4)) >> 16) + 2) >> 2);
            }
        }
        return grown;
    }

    private static int clamp(int value, int size) {
        return Math.min(Math.max(value, 0), size - 1);
    }

    /** For each pixel along an axis that shrinks: the pixels of the source that it covers, and what share of it each has. */
    private static final class Area {
        /** Where the entries of each pixel begin, and where the last one's end. */
        private final int[] first;

        private final int[] source;
        private final float[] share;

        Area(int from, int size, int sourceSize, double ratio) {
            first = new int[size + 1];
            int most = size * ((int) ratio + 3);
            source = new int[most];
            share = new float[most];
            int n = 0;
            for (int i = 0; i < size; i++) {
                double begin = (from + i) * ratio;
                double end = begin + ratio;
                double covered = Math.min(ratio, sourceSize - begin);
                int whole = Math.min((int) Math.ceil(begin), Math.min((int) Math.floor(end), sourceSize - 1));
                int after = Math.min((int) Math.floor(end), sourceSize - 1);
                if (whole - begin > NOTHING) {
                    source[n] = whole - 1;
                    share[n++] = (float) ((whole - begin) / covered);
                }
                for (int s = whole; s < after; s++) {
                    source[n] = s;
                    share[n++] = (float) (1 / covered);
                }
                if (end - after > NOTHING) {
                    source[n] = after;
                    share[n++] = (float) (Math.min(Math.min(end - after, 1), covered) / covered);
                }
                first[i + 1] = n;
            }
        }

        int size() {
            return first.length - 1;
        }

        int low() {
            return source[0];
        }

        /** One after the last pixel of the source that is needed. */
        int high() {
            return source[first[size()] - 1] + 1;
        }

        /** The means along a row that begins at {@link #low()}. */
        void means(byte[] row, float[] line) {
            int low = low();
            for (int i = 0; i < size(); i++) {
                float a = 0;
                float b = 0;
                float c = 0;
                for (int entry = first[i]; entry < first[i + 1]; entry++) {
                    int at = CHANNELS * (source[entry] - low);
                    float part = share[entry];
                    a += (row[at] & 0xff) * part;
                    b += (row[at + 1] & 0xff) * part;
                    c += (row[at + 2] & 0xff) * part;
                }
                line[CHANNELS * i] = a;
                line[CHANNELS * i + 1] = b;
                line[CHANNELS * i + 2] = c;
            }
        }
    }

    /** For each pixel along an axis that grows: the two pixels of the source that it lies between, and their weights. */
    private static final class Linear {
        private final int[] first;
        private final int[] second;
        private final int[] firstShare;
        private final int[] secondShare;

        Linear(int from, int size, int sourceSize, int wholeSize) {
            first = new int[size];
            second = new int[size];
            firstShare = new int[size];
            secondShare = new int[size];
            double ratio = 1 / ((double) wholeSize / sourceSize);
            for (int i = 0; i < size; i++) {
                float place = (float) ((from + i + 0.5) * ratio - 0.5);
                int below = (int) Math.floor(place);
                float share = place - below;
                first[i] = clamp(below, sourceSize);
                second[i] = clamp(below + 1, sourceSize);
                firstShare[i] = (int) Math.rint((1 - share) * ONE);
                secondShare[i] = (int) Math.rint(share * ONE);
            }
        }

        int size() {
            return first.length;
        }

        /** Takes the edge's pixel alone where there is no other: its two weights need not make exactly one. */
        void keepEdges() {
            for (int i = 0; i < first.length; i++) {
                if (first[i] == second[i]) {
                    firstShare[i] = ONE;
                    secondShare[i] = 0;
                }
            }
        }

        int low() {
            return first[0];
        }

        int extent() {
            return second[size() - 1] + 1 - low();
        }

        /** Mixes along a row that begins at {@code from} and at this column, times {@link #ONE}. */
        void mix(byte[] pixels, int from, int column, int[] line) {
            for (int i = 0; i < first.length; i++) {
                int one = from + CHANNELS * (first[i] - column);
                int other = from + CHANNELS * (second[i] - column);
                int own = firstShare[i];
                int rest = secondShare[i];
                for (int c = 0; c < CHANNELS; c++) {
                    line[CHANNELS * i + c] = (pixels[one + c] & 0xff) * own + (pixels[other + c] & 0xff) * rest;
                }
            }
        }
    }
}
