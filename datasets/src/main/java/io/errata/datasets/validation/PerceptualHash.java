package io.errata.datasets.validation;

import io.errata.datasets.image.Pixels;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an image looks like from afar, in 64 bits and a thumbnail. The bits are the signs, around their median, of 8 × 8 low
 * frequencies of its brightness at 32 × 32 (a perceptual hash by the discrete cosine transform: Zauner, "Implementation and benchmarking
 * of perceptual image hash functions", 2010). Scaling, compression and a little noise leave nearly all bits as they are; about 32 of them
 * differ between images that have nothing in common.
 *
 * <p>Two images are nearly the same where at most {@value #MAX_DISTANCE} bits differ and their thumbnails of 16 × 16 correlate by at least
 * {@value #MIN_CORRELATION}; the second rejects pictures of other things in the same places. Mirrored, turned and strongly cropped copies
 * are not recognised.
 */
final class PerceptualHash {

    /** The most bits that differ between images which are nearly the same. */
    static final int MAX_DISTANCE = 10;

    /** The least correlation of their thumbnails. */
    static final double MIN_CORRELATION = 0.9;

    private static final int SIDE = 32;
    private static final int THUMBNAIL = 16;
    private static final int FREQUENCIES = 8;
    private static final double MIN_DEVIATION = 2;
    private static final double[][] COSINES = cosines();

    private final long bits;
    private final byte[] thumbnail;

    private PerceptualHash(long bits, byte[] thumbnail) {
        this.bits = bits;
        this.thumbnail = thumbnail;
    }

    /** The hash of an image; none of one that shows next to nothing: its brightness deviates by less than 2 of 255. */
    static Optional<PerceptualHash> of(Pixels pixels) {
        double[] brightness = brightness(pixels, SIDE);
        double mean = Arrays.stream(brightness).average().orElseThrow();
        double variance = Arrays.stream(brightness)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        if (variance < MIN_DEVIATION * MIN_DEVIATION) {
            return Optional.empty();
        }
        return Optional.of(new PerceptualHash(bits(frequencies(brightness)), thumbnail(brightness)));
    }

    long bits() {
        return bits;
    }

    /** How many bits differ, 0 to 64. */
    int distance(PerceptualHash other) {
        return Long.bitCount(bits ^ other.bits);
    }

    /** Whether both are nearly the same image. */
    boolean isNear(PerceptualHash other) {
        return distance(other) <= MAX_DISTANCE && correlation(other) >= MIN_CORRELATION;
    }

    /** Pearson's correlation of the thumbnails, -1 to 1; NaN where one is flat. */
    double correlation(PerceptualHash other) {
        int n = thumbnail.length;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            int a = thumbnail[i] & 0xFF;
            int b = other.thumbnail[i] & 0xFF;
            x += a;
            y += b;
            xx += a * a;
            yy += b * b;
            xy += a * b;
        }
        return (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y));
    }

    /** The mean brightness, 0 to 255, of {@code side × side} areas that together are the image. */
    private static double[] brightness(Pixels pixels, int side) {
        double[] cells = new double[side * side];
        byte[] rgb = pixels.rgb();
        for (int row = 0; row < side; row++) {
            int top = edge(row, pixels.height());
            int bottom = Math.max(top + 1, edge(row + 1, pixels.height()));
            for (int column = 0; column < side; column++) {
                int left = edge(column, pixels.width());
                int right = Math.max(left + 1, edge(column + 1, pixels.width()));
                long sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int i = 3 * (y * pixels.width() + left), end = i + 3 * (right - left); i < end; i += 3) {
                        sum += 299L * (rgb[i] & 0xFF) + 587L * (rgb[i + 1] & 0xFF) + 114L * (rgb[i + 2] & 0xFF);
                    }
                }
                cells[row * side + column] = sum / (1000.0 * (bottom - top) * (right - left));
            }
        }
        return cells;
    }

    private static int edge(int cell, int length) {
        return (int) ((long) cell * length / SIDE);
    }

    private static byte[] thumbnail(double[] brightness) {
        byte[] thumbnail = new byte[THUMBNAIL * THUMBNAIL];
        for (int i = 0; i < thumbnail.length; i++) {
            int first = 2 * (i / THUMBNAIL) * SIDE + 2 * (i % THUMBNAIL);
            double mean = (brightness[first]
                            + brightness[first + 1]
                            + brightness[first + SIDE]
                            + brightness[first + SIDE + 1])
                    / 4;
            thumbnail[i] = (byte) Math.round(mean);
        }
        return thumbnail;
    }

    /** Frequencies 1 to 8 in both directions; 0 would be the mean brightness of rows and columns. */
    private static double[] frequencies(double[] brightness) {
        double[] frequencies = new double[FREQUENCIES * FREQUENCIES];
        for (int u = 0; u < FREQUENCIES; u++) {
            double[] column = new double[SIDE];
            for (int i = 0; i < brightness.length; i++) {
                column[i % SIDE] += COSINES[u][i / SIDE] * brightness[i];
            }
            for (int v = 0; v < FREQUENCIES; v++) {
                for (int x = 0; x < SIDE; x++) {
                    frequencies[u * FREQUENCIES + v] += COSINES[v][x] * column[x];
                }
            }
        }
        return frequencies;
    }

    private static long bits(double[] frequencies) {
        double[] sorted = frequencies.clone();
        Arrays.sort(sorted);
        double median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
        long bits = 0;
        for (int i = 0; i < frequencies.length; i++) {
            bits |= frequencies[i] > median ? 1L << i : 0;
        }
        return bits;
    }

    private static double[][] cosines() {
        double[][] cosines = new double[FREQUENCIES][SIDE];
        for (int u = 0; u < FREQUENCIES; u++) {
            for (int x = 0; x < SIDE; x++) {
                cosines[u][x] = Math.cos(Math.PI * (2 * x + 1) * (u + 1) / (2 * SIDE));
            }
        }
        return cosines;
    }
}
