package io.errata.datasets.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * What the first bytes of an image file say, without decoding a pixel.
 *
 * @param format what the file is, whatever its name
 * @param storedWidth in pixels, before the picture is turned; may be 0 or less in a broken file
 * @param storedHeight in pixels, before the picture is turned; may be 0 or less in a broken file
 * @param orientation how it is turned to be shown, by EXIF (JPEG, PNG) or TIFF; a damaged EXIF block turns nothing
 * @param samples what its numbers are
 * @param compression the number of TIFF's compression; 0 elsewhere
 * @param extract the bytes that a decoder needs
 * @param scanBytes how many bytes at the end of the extract must hold the end of a JPEG's picture; 0 where the walk saw the end itself
 */
record ImageHeader(
        Format format,
        int storedWidth,
        int storedHeight,
        Orientation orientation,
        Samples samples,
        long compression,
        Extract extract,
        long scanBytes) {

    /** The formats that are read. */
    enum Format {
        JPEG,
        PNG,
        WEBP,
        BMP,
        TIFF
    }

    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int MAX_PNG_CHUNKS = 1 << 18;
    /** Bytes before a marker of a JPEG that belong to nothing. */
    private static final int MAX_GARBAGE = 1 << 16;

    /**
     * Reads the header of a JPEG, PNG, WebP, BMP or TIFF file, distinguished by their first bytes.
     *
     * @throws UnsupportedImageException if it is whole, but of a kind that is not read
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

    /** In pixels, as it is shown. */
    int width() {
        return orientation.swapsSides() ? storedHeight : storedWidth;
    }

    /** In pixels, as it is shown. */
    int height() {
        return orientation.swapsSides() ? storedWidth : storedHeight;
    }

    /** Whether a file of which this is the extract goes on to its end; a decoder would fill up a cut one with grey. */
    boolean isWhole(byte[] bytes) {
        if (scanBytes == 0) {
            return true;
        }
        for (int i = bytes.length - 2; i >= bytes.length - scanBytes; i--) {
            if (bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) 0xD9) {
                return true;
            }
        }
        return false;
    }

    private static ImageHeader jpeg(ImageInputStream in) throws IOException {
        in.seek(2);
        int width = 0;
        int height = 0;
        int bits = 8;
        Orientation orientation = Orientation.UPRIGHT;
        boolean seenExif = false;
        Extract extract = new Extract();
        extract.copy(0, 2);
        while (true) {
            int marker = jpegMarker(in);
            long begin = in.getStreamPosition();
            if (standsAlone(marker)) {
                continue;
            }
            if (marker == 0xD9) {
                throw new EOFException("the JPEG ends before its picture");
            }
            int length = in.readUnsignedShort();
            long next = begin + length;
            if (marker == 0xDA) {
                if (bits != 8) {
                    throw new UnsupportedImageException("is a JPEG of " + bits + " bits");
                }
                long scan = in.length() - begin;
                extract.append(0xFF, marker);
                extract.copy(begin, scan);
                Samples samples = Samples.unsigned(8);
                return new ImageHeader(Format.JPEG, width, height, orientation, samples, 0, extract, scan);
            }
            if (isStartOfFrame(marker)) {
                bits = in.readUnsignedByte();
                height = in.readUnsignedShort();
                width = in.readUnsignedShort();
            } else if (marker == 0xE1 && !seenExif && length > 2 + EXIF.length) {
                byte[] name = new byte[EXIF.length];
                in.readFully(name);
                seenExif = Arrays.equals(name, EXIF);
                orientation = seenExif ? orientation(in, next) : orientation;
            }
            if (jpegNeeds(marker)) {
                extract.append(0xFF, marker);
                extract.copy(begin, length);
            }
            in.seek(next);
        }
    }

    /** The next marker, whatever stands before it. */
    private static int jpegMarker(ImageInputStream in) throws IOException {
        int before = 0;
        for (int i = 0; i < MAX_GARBAGE; i++) {
            int next = in.readUnsignedByte();
            if (before == 0xFF && next != 0xFF && next != 0) {
                return next;
            }
            before = next;
        }
        throw new IOException("a JPEG marker is missing");
    }

    /** RST0 to RST7 and TEM, which are of no use before a picture and have no length. */
    private static boolean standsAlone(int marker) {
        return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
    }

    /** All but comments and what programs leave; JFIF and Adobe say what the colours are. */
    private static boolean jpegNeeds(int marker) {
        boolean ofPrograms = marker >= 0xE0 && marker <= 0xEF;
        return marker != 0xFE && (!ofPrograms || marker == 0xE0 || marker == 0xEE);
    }

    /** SOF0 to SOF15, which share their range with DHT, JPG and DAC. */
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** Keeps the header, the palette and the pixels; an animation's first picture is that of its pixels. */
    private static ImageHeader png(ImageInputStream in) throws IOException {
        if (in.readLong() != PNG_SIGNATURE) {
            throw new IOException("the PNG signature is damaged");
        }
        int width = 0;
        int height = 0;
        int bits = 0;
        boolean palette = false;
        boolean seenPalette = false;
        Orientation orientation = Orientation.UPRIGHT;
        Extract extract = new Extract();
        extract.copy(0, 8);
        for (int chunks = 0; chunks < MAX_PNG_CHUNKS; chunks++) {
            long begin = in.getStreamPosition();
            long length = in.readUnsignedInt();
            String type = name(in);
            long next = begin + length + 12;
            if (chunks == 0) {
                if (!type.equals("IHDR") || length != 13) {
                    throw new IOException("the PNG header is missing");
                }
                width = in.readInt();
                height = in.readInt();
                bits = in.readUnsignedByte();
                palette = in.readUnsignedByte() == 3;
            } else if (type.equals("eXIf")) {
                orientation = orientation(in, next - 4);
            }
            if (next > in.length()) {
                throw new EOFException("the PNG file ends within a chunk");
            }
            boolean colours = type.equals("PLTE") && palette && !seenPalette;
            seenPalette |= colours;
            if (chunks == 0 || colours || type.equals("IDAT") || type.equals("IEND")) {
                extract.copy(begin, length + 12);
            }
            if (type.equals("IEND")) {
                Samples samples = Samples.unsigned(bits);
                return new ImageHeader(Format.PNG, width, height, orientation, samples, 0, extract, 0);
            }
            in.seek(next);
        }
        throw new IOException("a PNG of too many chunks");
    }

    /** Keeps the picture alone, without transparency; its own size counts, whatever the file says of the canvas. */
    private static ImageHeader webp(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        in.seek(8);
        if (!name(in).equals("WEBP")) {
            throw new IOException("a RIFF file, but not WebP");
        }
        for (int chunks = 0; chunks < MAX_PNG_CHUNKS; chunks++) {
            long begin = in.getStreamPosition();
            String type = name(in);
            long length = in.readUnsignedInt();
            if (type.equals("ANMF")) {
                throw new UnsupportedImageException("is an animated WebP");
            }
            if (type.equals("VP8 ") || type.equals("VP8L")) {
                return webpPicture(in, type.equals("VP8L"), begin, length);
            }
            in.seek(begin + 8 + length + length % 2);
        }
        throw new IOException("a WebP file without a picture");
    }

    private static ImageHeader webpPicture(ImageInputStream in, boolean lossless, long begin, long length)
            throws IOException {
        if (begin + 8 + length > in.length()) {
            throw new EOFException("the WebP file ends within its picture");
        }
        in.skipBytes(lossless ? 1 : 6);
        int bits = in.readInt();
        int width = lossless ? (bits & 0x3FFF) + 1 : bits & 0x3FFF;
        int height = lossless ? (bits >> 14 & 0x3FFF) + 1 : bits >> 16 & 0x3FFF;
        Extract extract = new Extract();
        int size = Math.toIntExact(4 + 8 + length + length % 2);
        extract.append('R', 'I', 'F', 'F', size, size >> 8, size >> 16, size >> 24, 'W', 'E', 'B', 'P');
        extract.copy(begin, 8 + length);
        if (length % 2 == 1) {
            extract.append(0);
        }
        return new ImageHeader(Format.WEBP, width, height, Orientation.UPRIGHT, Samples.unsigned(8), 0, extract, 0);
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
        Extract extract = new Extract();
        extract.copy(0, in.length());
        return new ImageHeader(Format.BMP, width, height, Orientation.UPRIGHT, Samples.unsigned(8), 0, extract, 0);
    }

    /** The first page. Its decoder would turn it, so the bytes that say so are replaced. */
    private static ImageHeader tiff(ImageInputStream in) throws IOException {
        TiffTags tags = TiffTags.read(in, 0, in.length());
        Extract extract = new Extract();
        long copied = 0;
        for (long turned : tags.orientationBytes().stream().sorted().toList()) {
            extract.copy(copied, turned - copied);
            extract.append(1);
            copied = turned + 1;
        }
        extract.copy(copied, in.length() - copied);
        return new ImageHeader(
                Format.TIFF,
                (int) Math.min(tags.value(TiffTags.WIDTH, 0), Integer.MAX_VALUE),
                (int) Math.min(tags.value(TiffTags.HEIGHT, 0), Integer.MAX_VALUE),
                Orientation.of(tags.value(TiffTags.ORIENTATION, 1)),
                samples(tags),
                tags.value(TiffTags.COMPRESSION, 1),
                extract,
                0);
    }

    private static Samples samples(TiffTags tags) {
        Samples.Type type = switch ((int) tags.value(TiffTags.SAMPLE_FORMAT, 1)) {
            case 2 -> Samples.Type.SIGNED;
            case 3 -> Samples.Type.FLOATING;
            case 5, 6 -> Samples.Type.COMPLEX;
            default -> Samples.Type.UNSIGNED;
        };
        int bits = (int) Math.min(tags.value(TiffTags.BITS, 1), Integer.MAX_VALUE);
        long photometric = tags.value(TiffTags.PHOTOMETRIC, 1);
        return new Samples(bits, type, photometric == 0, photometric <= 2);
    }

    /** How the EXIF block that begins here and ends before {@code end} turns the picture; one that is damaged does not. */
    private static Orientation orientation(ImageInputStream in, long end) throws IOException {
        try {
            TiffTags tags = TiffTags.read(in, in.getStreamPosition(), Math.min(end, in.length()));
            return Orientation.of(tags.value(TiffTags.ORIENTATION, 1));
        } catch (IOException e) {
            return Orientation.UPRIGHT;
        } finally {
            in.setByteOrder(ByteOrder.BIG_ENDIAN);
        }
    }

    private static String name(ImageInputStream in) throws IOException {
        byte[] name = new byte[4];
        in.readFully(name);
        return new String(name, StandardCharsets.US_ASCII);
    }
}
