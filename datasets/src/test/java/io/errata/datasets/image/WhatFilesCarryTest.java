package io.errata.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.errata.core.problem.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What image files carry beside their pixels: damaged EXIF blocks, text, names of other formats. */
class WhatFilesCarryTest {

    private static final String EXIF = "Exif\0\0";
    private static final String ORIENTED = "MM\0*\0\0\0\b\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0";

    @TempDir
    Path folder;

    /** Cut after every byte, its offset beyond the end or onto itself, its kind unknown, full of noise. */
    @Test
    void takesADamagedExifBlockForNone() throws IOException {
        byte[] jpeg = drawn("jpg");
        byte[] pixels = new ImageFile(file("plain.jpg", jpeg)).read().rgb();
        assertThat(ImageFile.size(file("a.jpg", withSegments(jpeg, EXIF + ORIENTED))))
                .isEqualTo(new ImageSize(20, 40));
        for (int length = 0; length < 20; length++) {
            assertUpright(withSegments(jpeg, EXIF + ORIENTED.substring(0, length)), pixels);
        }
        for (String damaged : new String[] {
            "MM\0*\u007F\u00FF\u00FF\u00FF" + ORIENTED.substring(8),
            "MM\0*\0\0\0\0" + ORIENTED.substring(8),
            "MM\0+\0\b\0\0\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF" + ORIENTED.substring(8),
            "XX\7\7" + ORIENTED.substring(4),
            ORIENTED.replace("\0\3\0\0\0\1", "\0\3\u00FF\u00FF\u00FF\u00FF"),
            ORIENTED.replace('\6', '\77'),
            "\u00FF\u00D8\u00FF\u00DA".repeat(50)
        }) {
            assertUpright(withSegments(jpeg, EXIF + damaged), pixels);
        }
    }

    @Test
    void findsTheExifBlockAmongOthers() throws IOException {
        byte[] jpeg = drawn("jpg");

        byte[] several = withSegments(jpeg, "http://ns.adobe.com/xap/1.0/\0<x/>", EXIF + ORIENTED, EXIF + "garbled");

        assertThat(ImageFile.size(file("a.jpg", several))).isEqualTo(new ImageSize(20, 40));
        assertThat(new ImageFile(folder.resolve("a.jpg")).read().width()).isEqualTo(20);
    }

    @Test
    void passesOverWhatStandsBetweenTheMarkersOfAJpeg() throws IOException {
        byte[] jpeg = drawn("jpg");
        byte[] pixels = new ImageFile(file("plain.jpg", jpeg)).read().rgb();
        for (String garbage : new String[] {"\1\2\3", "\u00FF\u00FF\u00FF", "\u00FF\u00D0", "\u00FF\0x", "\u00FF\1"}) {
            byte[] between = garbage.getBytes(StandardCharsets.ISO_8859_1);
            assertUpright(spliced(jpeg, 2, between), pixels);
        }
    }

    @Test
    void refusesAJpegThatIsCutWhateverItCarries() throws IOException {
        byte[] jpeg = withSegments(drawn("jpg"), EXIF + ORIENTED + "\u00FF\u00D9");

        assertThat(text(file("a.jpg", Arrays.copyOf(jpeg, jpeg.length - 30)))).contains("is cut short");
    }

    /** A second picture behind the first, as phones write it, and megabytes of comments before it. */
    @Test
    void readsTheFirstPictureOfAJpeg() throws IOException {
        byte[] jpeg = drawn("jpg");
        byte[] pixels = new ImageFile(file("plain.jpg", jpeg)).read().rgb();

        assertUpright(spliced(jpeg, jpeg.length, drawn("jpg")), pixels);
        String[] comments = new String[100];
        Arrays.fill(comments, "x".repeat(65_000));
        assertUpright(withSegments(jpeg, comments), pixels);
    }

    /** Each chunk inflates to 32 MB; three times their sum would not fit into the memory that a test has. */
    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iTXt", "iCCP", "fdAT", "tEXt", "eXIf", "tRNS", "gAMA", "acTL", "abCD"})
    @Timeout(20)
    void handsOnlyThePictureOfAPngToItsDecoder(String type) throws IOException {
        byte[] png = drawn("png");
        byte[] pixels = new ImageFile(file("plain.png", png)).read().rgb();
        byte[] carried = png;
        byte[] big = chunk(type, deflated(32 << 20));
        for (int i = 0; i < 50; i++) {
            carried = spliced(carried, 33, big);
        }

        assertThat(new ImageFile(file("a.png", carried)).read().rgb()).isEqualTo(pixels);
        assertThat(ImageFile.size(file("a.png", carried))).isEqualTo(new ImageSize(40, 20));
    }

    @Test
    void tellsWhatIsDamagedInAPng() throws IOException {
        byte[] png = drawn("png");
        byte[] header = png.clone();
        header[24] = 7;
        byte[] sum = png.clone();
        sum[png.length - 20] ^= 1;
        byte[] pixels = Arrays.copyOf(png, 33);
        byte[] end = Arrays.copyOfRange(png, png.length - 12, png.length);

        assertThat(text(file("a.png", header))).contains("is damaged (its header)");
        assertThat(text(file("a.png", sum))).contains("checksum");
        byte[] few = spliced(spliced(pixels, 33, chunk("IDAT", deflated(100))), 33 + 12 + deflated(100).length, end);
        assertThat(text(file("a.png", few))).contains("rows, of which some are missing");
        byte[] noise = spliced(spliced(pixels, 33, chunk("IDAT", new byte[9])), 33 + 12 + 9, end);
        assertThat(text(file("a.png", noise))).contains("compressed pixels");
    }

    @Test
    void readsAnImageByWhatItIsAndNotByItsName() throws IOException {
        byte[] png = drawn("png");

        assertThat(new ImageFile(file("a.jpg", png)).read().rgb())
                .isEqualTo(new ImageFile(file("a.png", png)).read().rgb());
    }

    @ParameterizedTest
    @CsvSource({
        "a.jpg, GIF89a, 'is a GIF, named .jpg'",
        "a.gif, GIF89a, is a GIF;",
        "a.JPG, '\0\0\0\30ftypheic\0\0\0\0mif1', 'is a HEIC, named .JPG'",
        "a.png, '\0\0\0\34ftypavif\0\0\0\0mif1', 'is an AVIF, named .png'",
        "a.tif, 8BPS, 'is a Photoshop document, named .tif'",
        "a.jpg, '\0\0\0\14jP  \r\n', 'is a JPEG 2000, named .jpg'",
        "a.jpg, '<!doctype html><html>', 'is a web page, named .jpg'",
        "a.jpg, version https://git-lfs.github.com/spec/v1, 'is a pointer of Git LFS, not the file itself, named .jpg'",
        "a.jpg, hello, 'is damaged, cut short or no image;'",
        "a.bmp, 'P5 2 2 255 abcd', 'is a PNM, named .bmp'"
    })
    void saysWhatAFileIs(String name, String bytes, String said) throws IOException {
        assertThat(text(file(name, bytes.getBytes(StandardCharsets.ISO_8859_1))))
                .contains("but " + said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.JFIF", "a.jpe", "a.pjpeg", "a.pjp", "a.dib", "a.JPEG", "a.tif", "a.webp"})
    void knowsTheEndingsOfImages(String name) {
        assertThat(ImageFile.isImageName(name)).isTrue();
        assertThat(ImageFile.withoutEnding(name)).isEqualTo("a");
    }

    private void assertUpright(byte[] jpeg, byte[] pixels) throws IOException {
        Path file = file("a.jpg", jpeg);
        assertThat(ImageFile.size(file)).isEqualTo(new ImageSize(40, 20));
        assertThat(new ImageFile(file).read().rgb()).isEqualTo(pixels);
    }

    private static String text(Path file) {
        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> new ImageFile(file).read());
        return refused.problems().get(0).problem();
    }

    /** With these application segments after its first marker. */
    private static byte[] withSegments(byte[] jpeg, String... contents) throws IOException {
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        for (String content : contents) {
            int length = content.length() + 2;
            segments.write(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length});
            segments.write(content.getBytes(StandardCharsets.ISO_8859_1));
        }
        return spliced(jpeg, 2, segments.toByteArray());
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] between) {
        return ByteBuffer.allocate(bytes.length + between.length)
                .put(bytes, 0, at)
                .put(between)
                .put(bytes, at, bytes.length - at)
                .array();
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 sum = new CRC32();
        sum.update(type.getBytes(StandardCharsets.US_ASCII));
        sum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) sum.getValue())
                .array();
    }

    private static byte[] deflated(int zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(new byte[zeros]);
        }
        return bytes.toByteArray();
    }

    private static byte[] drawn(String format) throws IOException {
        BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 800; i++) {
            image.setRGB(i % 40, i / 40, 0x010305 * (i % 40));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
