package io.errata.datasets.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * What the first bytes of an image file say: its size as it will be shown, after the EXIF rotation which the decoder
 * honours (JPEG, PNG and TIFF), without decoding a pixel.
 *
 * @param width in pixels, after rotation; may be 0 or less in a broken file
 * @param height in pixels, after rotation; may be 0 or less in a broken file
 * @param endMarker the two bytes that a whole file must hold after {@code dataStart}; empty where the walk saw the end itself
 * @param dataStart where the compressed pixels begin
 */
@SuppressWarnings("ArrayRecordComponent") // two bytes, never compared
record ImageHeader(int width, int height, byte[] endMarker, long dataStart) {

    private static final byte[] JPEG_END = {(byte) 0xFF, (byte) 0xD9};
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;

    /**
     * Reads the header of a JPEG, PNG, WebP, BMP or TIFF file, distinguished by their first bytes.
     *
     * @throws IOException if it is none of these, or ends too early
     */
    static ImageHeader read(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        in.mark();
        int first = in.readUnsignedShort();
        in.reset();
        return switch (first) {
            case 0xFFD8 -> jpeg(in);
            case 0x8950 -> png(in);
            case 0x5249 -> webp(in);
            case 0x424D -> bmp(in);
            case 0x4949, 0x4D4D -> tiff(in);
            default -> throw new IOException("no known image format");
        };
    }

    /** Whether a file with these bytes goes on to its end; a decoder would fill up a cut one with grey. */
    boolean isWhole(byte[] file) {
        if (endMarker.length == 0) {
            return true;
        }
        for (int i = file.length - 2; i >= dataStart; i--) {
            if (file[i] == endMarker[0] && file[i + 1] == endMarker[1]) {
                return true;
            }
        }
        return false;
    }

    private static ImageHeader jpeg(ImageInputStream in) throws IOException {
        in.seek(2);
        int width = 0;
        int height = 0;
        int orientation = 0;
        while (true) {
            int marker = jpegMarker(in);
            long next = in.getStreamPosition() + in.readUnsignedShort();
            if (marker == 0xDA) {
                return oriented(width, height, orientation, JPEG_END, next);
            }
            if (isStartOfFrame(marker)) {
                in.skipBytes(1);
                height = in.readUnsignedShort();
                width = in.readUnsignedShort();
            } else if (marker == 0xE1 && orientation == 0 && next - in.getStreamPosition() > EXIF.length) {
                byte[] name = new byte[EXIF.length];
                in.readFully(name);
                orientation = Arrays.equals(name, EXIF) ? orientation(in, next) : 0;
            }
            in.seek(next);
        }
    }

    private static int jpegMarker(ImageInputStream in) throws IOException {
        if (in.readUnsignedByte() != 0xFF) {
            throw new IOException("a JPEG marker is missing");
        }
        int marker;
        do {
            marker = in.readUnsignedByte();
        } while (marker == 0xFF);
        return marker;
    }

    /** SOF0 to SOF15, which share their range with DHT, JPG and DAC. */
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static ImageHeader png(ImageInputStream in) throws IOException {
        if (in.readLong() != PNG_SIGNATURE) {
            throw new IOException("the PNG signature is damaged");
        }
        int width = 0;
        int height = 0;
        int orientation = 0;
        while (true) {
            long length = in.readUnsignedInt();
            String type = name(in);
            long next = in.getStreamPosition() + length + 4;
            if (type.equals("IHDR") && width == 0) { // a decoder would allocate by the first

                width = in.readInt();
                height = in.readInt();
            } else if (type.equals("eXIf")) {
                orientation = orientation(in, next - 4);
            }
            if (next > in.length()) {
                throw new EOFException("the PNG file ends within a chunk");
            }
            if (type.equals("IEND")) {
                return oriented(width, height, orientation, new byte[0], 0);
            }
            in.seek(next);
        }
    }

    private static ImageHeader webp(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        in.seek(8);
        if (!name(in).equals("WEBP")) {
            throw new IOException("a RIFF file, but not WebP");
        }
        String chunk = name(in);
        in.skipBytes(4);
        switch (chunk) {
            case "VP8 " -> {
                in.skipBytes(6);
                return oriented(in.readUnsignedShort() & 0x3FFF, in.readUnsignedShort() & 0x3FFF, 1, new byte[0], 0);
            }
            case "VP8L" -> {
                in.skipBytes(1);
                int bits = in.readInt();
                return oriented((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, 1, new byte[0], 0);
            }
            case "VP8X" -> {
                in.skipBytes(4);
                return oriented(uint24(in) + 1, uint24(in) + 1, 1, new byte[0], 0);
            }
            default -> throw new IOException("a WebP file without a picture");
        }
    }

    private static ImageHeader bmp(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        in.seek(10);
        long dataStart = in.readUnsignedInt();
        boolean old = in.readUnsignedInt() == 12;
        int width = old ? in.readUnsignedShort() : in.readInt();
        int height = Math.abs(old ? in.readUnsignedShort() : in.readInt());
        in.skipBytes(2);
        long bytesPerRow = (width * (long) in.readUnsignedShort() + 31) / 32 * 4;
        int compression = old ? 0 : in.readInt();
        boolean compressed = compression == 1 || compression == 2; // run lengths
        if (!compressed && in.length() < dataStart + bytesPerRow * height) {
            throw new EOFException("the BMP file ends within its pixels");
        }
        return oriented(width, height, 1, new byte[0], 0);
    }

    private static ImageHeader tiff(ImageInputStream in) throws IOException {
        long width = tag(in, 0, in.length(), 0x0100);
        long height = tag(in, 0, in.length(), 0x0101);
        long orientation = tag(in, 0, in.length(), ORIENTATION);
        return oriented(
                (int) Math.min(width, Integer.MAX_VALUE),
                (int) Math.min(height, Integer.MAX_VALUE),
                (int) orientation,
                new byte[0],
                0);
    }

    /** EXIF orientations 5 to 8 turn the image by a quarter. */
    private static ImageHeader oriented(int width, int height, int orientation, byte[] endMarker, long dataStart) {
        return orientation >= 5 && orientation <= 8
                ? new ImageHeader(height, width, endMarker, dataStart)
                : new ImageHeader(width, height, endMarker, dataStart);
    }

    /** The orientation in the TIFF structure that begins here and ends before {@code end}; 1 where it has none. */
    private static int orientation(ImageInputStream in, long end) throws IOException {
        try {
            return Math.max(1, (int) tag(in, in.getStreamPosition(), end, ORIENTATION));
        } finally {
            in.setByteOrder(ByteOrder.BIG_ENDIAN);
        }
    }

    /**
     * The value of a tag of one short or long number in the TIFF structure between {@code start} and {@code end}; 0 where it has none.
     * Of several the largest, so that no reader finds a larger one than was checked here.
     */
    private static long tag(ImageInputStream in, long start, long end, int wanted) throws IOException {
        in.seek(start);
        in.setByteOrder(in.readUnsignedShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (in.readUnsignedShort() != 42) {
            throw new IOException("no TIFF structure");
        }
        in.seek(start + in.readUnsignedInt());
        int entries = in.readUnsignedShort();
        long largest = 0;
        for (int i = 0; i < entries && in.getStreamPosition() + 12 <= end; i++) {
            int tag = in.readUnsignedShort();
            int type = in.readUnsignedShort();
            in.skipBytes(4);
            long value = type == SHORT ? in.readUnsignedShort() : in.readUnsignedInt();
            in.skipBytes(type == SHORT ? 2 : 0);
            largest = tag == wanted ? Math.max(largest, value) : largest;
        }
        return largest;
    }

    private static String name(ImageInputStream in) throws IOException {
        byte[] name = new byte[4];
        in.readFully(name);
        return new String(name, StandardCharsets.US_ASCII);
    }

    private static int uint24(ImageInputStream in) throws IOException {
        return in.readUnsignedShort() | in.readUnsignedByte() << 16;
    }
}
