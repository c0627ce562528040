package io.errata.datasets.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Writes an uncompressed TIFF or BigTIFF by hand, so that it can be of any kind. */
public final class DrawnTiff {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSET = 273;
    private static final int SAMPLES = 277;
    private static final int ROWS = 278;
    private static final int STRIP_BYTES = 279;
    private static final int LONG = 4;
    private static final int LONG8 = 16;

    private final Map<Integer, long[]> tags = new TreeMap<>();
    private final int bits;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private boolean big;
    private int type = LONG;

    /** Grey samples of so many bits. */
    public DrawnTiff(int width, int height, int bits) {
        this.bits = bits;
        with(WIDTH, width)
                .with(HEIGHT, height)
                .with(BITS, bits)
                .with(COMPRESSION, 1)
                .with(PHOTOMETRIC, 1);
        with(SAMPLES, 1).with(ROWS, height);
    }

    /** The values of a tag. */
    public DrawnTiff with(int tag, long... values) {
        tags.put(tag, values);
        return this;
    }

    /** Red, green and blue instead of grey. */
    public DrawnTiff inColour() {
        return with(BITS, bits, bits, bits).with(PHOTOMETRIC, 2).with(SAMPLES, 3);
    }

    /** In this order of bytes. */
    public DrawnTiff in(ByteOrder bytes) {
        order = bytes;
        return this;
    }

    /** As a BigTIFF. */
    public DrawnTiff big() {
        big = true;
        return this;
    }

    /** Numbers of 64 bits in the tags, which only a BigTIFF has. */
    public DrawnTiff inLongs() {
        type = LONG8;
        return big();
    }

    /** The order of bytes that pixels are to be written in. */
    public ByteOrder order() {
        return order;
    }

    /** The file. */
    public byte[] file(byte[] pixels) {
        with(STRIP_BYTES, pixels.length).with(STRIP_OFFSET, 0);
        int width = type == LONG ? 4 : 8;
        int field = big ? 8 : 4;
        int begin = big ? 16 : 8;
        int aside = begin + (big ? 16 + 20 * tags.size() : 6 + 12 * tags.size());
        int moved = tags.values().stream()
                .mapToInt(values -> values.length * width > field ? values.length * width : 0)
                .sum();
        with(STRIP_OFFSET, aside + moved);
        ByteBuffer file = ByteBuffer.allocate(aside + moved + pixels.length).order(order);
        file.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
        if (big) {
            file.putShort((short) 43)
                    .putShort((short) 8)
                    .putShort((short) 0)
                    .putLong(begin)
                    .putLong(tags.size());
        } else {
            file.putShort((short) 42).putInt(begin).putShort((short) tags.size());
        }
        for (Map.Entry<Integer, long[]> tag : tags.entrySet()) {
            int next = file.position() + 4 + 2 * field;
            long[] values = tag.getValue();
            file.putShort(tag.getKey().shortValue()).putShort((short) type);
            put(file, field, values.length);
            if (values.length * width > field) {
                put(file, field, aside);
                file.position(aside);
                aside += values.length * width;
            }
            for (long value : values) {
                put(file, width, value);
            }
            file.position(next);
        }
        return file.position(file.capacity() - pixels.length).put(pixels).array();
    }

    private static void put(ByteBuffer file, int width, long value) {
        if (width == 4) {
            file.putInt((int) value);
        } else {
            file.putLong(value);
        }
    }
}
