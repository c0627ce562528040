package io.errata.datasets.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * The tags of the first directory of a TIFF structure, which is a TIFF or BigTIFF file or the EXIF block of another file. Of several
 * values of a tag the largest counts, so that no reader finds a larger one than was checked here.
 */
final class TiffTags {

    static final int WIDTH = 0x0100;
    static final int HEIGHT = 0x0101;
    static final int BITS = 0x0102;
    static final int COMPRESSION = 0x0103;
    static final int PHOTOMETRIC = 0x0106;
    static final int ORIENTATION = 0x0112;
    static final int SAMPLE_FORMAT = 0x0153;

    private static final int CLASSIC = 42;
    private static final int BIG = 43;
    private static final int MAX_ENTRIES = 0xFFFF;
    /** Values of one tag that are looked at; a picture has no more channels than this. */
    private static final int MAX_VALUES = 64;

    private final Map<Integer, Long> values = new HashMap<>();
    private final List<Long> orientations = new ArrayList<>();

    private TiffTags() {}

    /**
     * Reads the tags; a directory that is cut gives those before the cut.
     *
     * @param start where the structure begins
     * @param end where it ends
     * @throws IOException if it is no TIFF structure
     */
    static TiffTags read(ImageInputStream in, long start, long end) throws IOException {
        in.seek(start);
        in.setByteOrder(in.readUnsignedShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int version = in.readUnsignedShort();
        if (version != CLASSIC && version != BIG) {
            throw new IOException("no TIFF structure");
        }
        boolean big = version == BIG;
        if (big && (in.readUnsignedShort() != 8 || in.readUnsignedShort() != 0)) {
            throw new IOException("a BigTIFF header is damaged");
        }
        in.seek(place(start, end, offset(in, big)));
        long entries = big ? in.readLong() : in.readUnsignedShort();
        if (entries < 0 || entries > MAX_ENTRIES) {
            throw new IOException("a TIFF directory is damaged");
        }
        TiffTags tags = new TiffTags();
        int size = big ? 20 : 12;
        for (long i = 0; i < entries && in.getStreamPosition() + size <= end; i++) {
            long next = in.getStreamPosition() + size;
            tags.readEntry(in, start, end, big);
            in.seek(next);
        }
        return tags;
    }

    /** The largest value of a tag, or a default where it has none. */
    long value(int tag, long absent) {
        return values.getOrDefault(tag, absent);
    }

    /** Where in the stream the bytes lie that say how the picture is turned; 1 in each turns it no more. */
    List<Long> orientationBytes() {
        return orientations;
    }

    private void readEntry(ImageInputStream in, long start, long end, boolean big) throws IOException {
        int tag = in.readUnsignedShort();
        int type = in.readUnsignedShort();
        long count = offset(in, big);
        int width = switch (type) {
            case 1 -> 1; // BYTE
            case 3 -> 2; // SHORT
            case 4 -> 4; // LONG
            case 16 -> 8; // LONG8
            default -> 0;
        };
        if (width == 0 || count < 1) {
            return;
        }
        int read = (int) Math.min(count, MAX_VALUES);
        boolean inline = count <= (big ? 8 : 4) / width;
        if (!inline) {
            if (!isWanted(tag)) {
                return;
            }
            long at = offset(in, big);
            if (at < 0 || start + at + (long) read * width > end) {
                return; // a value beyond the end is none
            }
            in.seek(start + at);
        }
        if (tag == ORIENTATION) {
            boolean little = in.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
            orientations.add(in.getStreamPosition() + (little ? 0 : width - 1));
        }
        for (int i = 0; i < read; i++) {
            values.merge(tag, value(in, width), Math::max);
        }
    }

    private static boolean isWanted(int tag) {
        return tag == WIDTH
                || tag == HEIGHT
                || tag == BITS
                || tag == COMPRESSION
                || tag == PHOTOMETRIC
                || tag == ORIENTATION
                || tag == SAMPLE_FORMAT;
    }

    private static long value(ImageInputStream in, int width) throws IOException {
        return switch (width) {
            case 1 -> in.readUnsignedByte();
            case 2 -> in.readUnsignedShort();
            case 4 -> in.readUnsignedInt();
            default -> {
                long value = in.readLong();
                yield value < 0 ? Long.MAX_VALUE : value;
            }
        };
    }

    private static long offset(ImageInputStream in, boolean big) throws IOException {
        return big ? in.readLong() : in.readUnsignedInt();
    }

    private static long place(long start, long end, long offset) throws IOException {
        if (offset < 0 || offset >= end - start) {
            throw new EOFException("a TIFF directory lies beyond the end");
        }
        return start + offset;
    }
}
