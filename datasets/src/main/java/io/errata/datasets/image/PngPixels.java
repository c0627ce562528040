package io.errata.datasets.image;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Checks the header, the palette and the pixels of a PNG before a decoder sees them: the decoder would write its own lines to the
 * terminal.
 */
final class PngPixels {

    private static final int[] LEFT = {0, 4, 0, 2, 0, 1, 0};
    private static final int[] TOP = {0, 0, 4, 0, 2, 0, 1};
    private static final int[] ACROSS = {8, 8, 4, 4, 2, 2, 1};
    private static final int[] DOWN = {8, 8, 8, 4, 4, 2, 2};
    private static final int MAX_FILTER = 4;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int IDAT = 0x49444154;

    private final byte[] bytes;
    private final ByteBuffer png;
    private final int width;
    private final int height;
    private final int bitsPerPixel;
    private final boolean interlaced;
    private int pass = -1;
    private int rowsLeft;
    private long bytesLeft;

    private PngPixels(byte[] bytes) {
        this.bytes = bytes;
        this.png = ByteBuffer.wrap(bytes);
        this.width = png.getInt(16);
        this.height = png.getInt(20);
        this.bitsPerPixel = png.get(24) * channels(png.get(25));
        this.interlaced = png.get(28) == 1;
    }

    /** What is damaged in a PNG of these three kinds of chunks; empty where nothing is. */
    static Optional<String> damage(byte[] bytes) {
        if (!isHeaderValid(ByteBuffer.wrap(bytes))) {
            return Optional.of("its header");
        }
        return new PngPixels(bytes).damage();
    }

    private static boolean isHeaderValid(ByteBuffer png) {
        int bits = png.get(24);
        int colour = png.get(25);
        boolean depth = switch (colour) {
            case 0 -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
            case 3 -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
            case 2, 4, 6 -> bits == 8 || bits == 16;
            default -> false;
        };
        return depth && png.get(26) == 0 && png.get(27) == 0 && (png.get(28) == 0 || png.get(28) == 1);
    }

    private static int channels(int colour) {
        return switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    private Optional<String> damage() {
        Inflater inflater = new Inflater();
        try {
            boolean palette = png.get(25) == 3;
            boolean seenPalette = false;
            png.position(8);
            while (png.remaining() >= 12) {
                int length = png.getInt();
                int begin = png.position();
                CRC32 sum = new CRC32();
                sum.update(bytes, begin, 4 + length);
                int type = png.getInt();
                png.position(begin + 4 + length);
                if ((int) sum.getValue() != png.getInt()) {
                    return Optional.of("a chunk, whose checksum is another");
                }
                if (type == PLTE) {
                    seenPalette = length > 0 && length <= 768 && length % 3 == 0;
                } else if (type == IDAT && palette && !seenPalette) {
                    return Optional.of("its palette");
                } else if (type == IDAT) {
                    inflater.setInput(bytes, begin + 4, length);
                    if (!areRows(inflater)) {
                        return Optional.of("its rows");
                    }
                } else if (type == IHDR && begin > 12) {
                    return Optional.of("its header");
                }
            }
            return isComplete() ? Optional.empty() : Optional.of("its rows, of which some are missing");
        } catch (DataFormatException e) {
            return Optional.of("its compressed pixels");
        } finally {
            inflater.end();
        }
    }

    /** Inflates what is there of the rows; none may have a filter that does not exist. */
    private boolean areRows(Inflater inflater) throws DataFormatException {
        byte[] rows = new byte[1 << 16];
        while (!inflater.finished()) {
            int inflated = inflater.inflate(rows);
            if (inflated == 0) {
                if (inflater.needsDictionary()) {
                    return false;
                }
                return true;
            }
            int at = 0;
            while (at < inflated && !isComplete()) {
                if (bytesLeft == 0) {
                    if ((rows[at] & 0xFF) > MAX_FILTER) {
                        return false;
                    }
                    at++;
                    rowsLeft--;
                    bytesLeft = rowBytes();
                } else {
                    int skipped = (int) Math.min(bytesLeft, inflated - at);
                    at += skipped;
                    bytesLeft -= skipped;
                }
            }
        }
        return true;
    }

    /** Whether all rows were seen; goes on to the next pass where one ends. */
    private boolean isComplete() {
        int passes = interlaced ? LEFT.length : 1;
        while (bytesLeft == 0 && rowsLeft == 0 && pass < passes) {
            pass++;
            if (pass < passes) {
                rowsLeft = rowBytes() == 0 ? 0 : rows();
            }
        }
        return pass == passes;
    }

    private int rows() {
        return interlaced ? (height - TOP[pass] + DOWN[pass] - 1) / DOWN[pass] : height;
    }

    private long rowBytes() {
        int columns = interlaced ? (width - LEFT[pass] + ACROSS[pass] - 1) / ACROSS[pass] : width;
        return ((long) columns * bitsPerPixel + 7) / 8;
    }
}
