package io.errata.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.errata.core.problem.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

    @TempDir
    Path folder;

    @Test
    void givesRedGreenAndBlueInThatOrder() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x0A141E);
        image.setRGB(1, 0, 0xFF8001);

        Pixels pixels = new ImageFile(written(image, "png")).read();

        assertThat(pixels.width()).isEqualTo(2);
        assertThat(pixels.height()).isEqualTo(1);
        assertThat(pixels.rgb()).containsExactly(10, 20, 30, 255, 128, 1);
    }

    @Test
    void makesThreeEqualChannelsOfGrey() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 77);

        assertThat(new ImageFile(written(image, "png")).read().rgb()).containsExactly(77, 77, 77);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "tiff"})
    void tellsTheSizeWithoutDecoding(String format) throws IOException {
        Path file = written(new BufferedImage(37, 21, BufferedImage.TYPE_INT_RGB), format);

        assertThat(ImageFile.size(file)).isEqualTo(new ImageSize(37, 21));
        assertThat(new ImageFile(file).read().rgb()).hasSize(3 * 37 * 21);
    }

    @Test
    void tellsTheSizeOfWebp() throws IOException {
        // VP8L header: signature 0x2F, then 14 bits of width - 1 and 14 bits of height - 1: 37 × 21 is 36 | 20 << 14
        byte[] webp = ByteBuffer.allocate(30)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(22)
                .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
                .putInt(10)
                .put((byte) 0x2F)
                .putInt(36 | 20 << 14)
                .array();

        assertThat(ImageFile.size(file("a.webp", webp))).isEqualTo(new ImageSize(37, 21));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void tellsTheSizeThatAnExifRotationLeaves(int orientation) throws IOException {
        ImageSize expected = orientation < 5 ? new ImageSize(40, 20) : new ImageSize(20, 40);
        for (Path file :
                Stream.of(turnedJpeg(orientation), turnedPng(orientation)).toList()) {
            Pixels pixels = new ImageFile(file).read();

            assertThat(ImageFile.size(file)).isEqualTo(expected);
            assertThat(new ImageSize(pixels.width(), pixels.height())).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp"})
    void refusesAFileThatIsCutShort(String format) throws IOException {
        byte[] whole = Files.readAllBytes(written(noise(), format));

        Path half = file("half." + format, Arrays.copyOf(whole, whole.length / 2));
        Path almost = file("almost." + format, Arrays.copyOf(whole, whole.length - 40));

        assertThat(kindOfReading(half)).isEqualTo("unreadable-image");
        assertThat(kindOfReading(almost)).isEqualTo("unreadable-image");
    }

    @Test
    void refusesAMissingFileAnEmptyOneAndText() throws IOException {
        assertThat(kindOfReading(folder.resolve("none.jpg"))).isEqualTo("missing-image");
        assertThat(kindOfReading(folder)).isEqualTo("missing-image");
        assertThat(kindOfReading(file("empty.jpg", new byte[0]))).isEqualTo("unreadable-image");
        assertThat(kindOfReading(file("text.jpg", "no picture".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("unreadable-image");
    }

    @Test
    void refusesABombByItsHeader() throws IOException {
        byte[] png = Files.readAllBytes(written(noise(), "png"));
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);

        assertThat(kindOfReading(file("bomb.png", png))).isEqualTo("image-too-large");
    }

    /** Decoders allocate by the first header of a PNG, and of two widths of a TIFF some take the first and some the last. */
    @Test
    void refusesABombBehindASecondHeader() throws IOException {
        byte[] png = Files.readAllBytes(written(noise(), "png"));
        ByteBuffer two = ByteBuffer.allocate(png.length + 25);
        two.put(png, 0, 33).put(png, 8, png.length - 8).putInt(16, 30_000).putInt(20, 30_000);
        assertThat(kindOfReading(file("bomb.png", two.array()))).isEqualTo("image-too-large");

        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 3 * 12 + 4);
        tiff.put("MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 3);
        for (int[] tag : new int[][] {{0x0100, 30_000}, {0x0100, 10}, {0x0101, 30_000}}) {
            tiff.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
        }
        assertThat(kindOfReading(file("bomb.tif", tiff.array()))).isEqualTo("image-too-large");
    }

    @Test
    void survivesAnyDamageToAHeader() throws IOException {
        for (String format : new String[] {"png", "jpg", "bmp", "tiff"}) {
            byte[] whole = Files.readAllBytes(written(noise(), format));
            for (int i = 0; i < 120; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= (byte) 0xA5;
                Path file = file("damaged." + format, damaged);
                try {
                    assertThat(ImageFile.size(file).width()).isPositive();
                } catch (InvalidInputException e) {
                    assertThat(e.problems()).hasSize(1);
                }
            }
        }
    }

    @Test
    void writesPngWithoutLossAndLeavesNothingElse() throws IOException {
        byte[] rgb = {1, 2, 3, 4, 5, 6, (byte) 200, (byte) 201, (byte) 202, 7, 8, 9};
        Path file = folder.resolve("new/a.PNG");

        ImageFile.write(new Pixels(2, 2, rgb), file);
        ImageFile.write(new Pixels(2, 2, rgb), file);

        assertThat(new ImageFile(file).read().rgb()).containsExactly(rgb);
        try (Stream<Path> files = Files.list(folder.resolve("new"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesToWriteAnUnknownEnding() {
        InvalidInputException refused = catchThrowableOfType(
                InvalidInputException.class,
                () -> ImageFile.write(new Pixels(1, 1, new byte[3]), folder.resolve("a.gif")));

        assertThat(refused.problems().get(0).kind()).isEqualTo("unsupported-image-format");
    }

    @Test
    void readsFromManyThreads() throws IOException {
        Path file = written(noise(), "png");
        byte[] once = new ImageFile(file).read().rgb();

        assertThat(IntStream.range(0, 64)
                        .parallel()
                        .allMatch(i -> Arrays.equals(new ImageFile(file).read().rgb(), once)))
                .isTrue();
    }

    private static String kindOfReading(Path file) {
        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> new ImageFile(file).read());
        return refused.problems().get(0).kind();
    }

    private Path turnedJpeg(int orientation) throws IOException {
        byte[] jpeg = Files.readAllBytes(written(new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB), "jpg"));
        byte[] exif = exif(orientation);
        ByteBuffer turned = ByteBuffer.allocate(jpeg.length + exif.length + 10);
        turned.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (exif.length + 8));
        turned.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif).put(jpeg, 2, jpeg.length - 2);
        return file("turned.jpg", turned.array());
    }

    private Path turnedPng(int orientation) throws IOException {
        byte[] png = Files.readAllBytes(written(new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB), "png"));
        byte[] exif = exif(orientation);
        byte[] typed = ByteBuffer.allocate(exif.length + 4)
                .put("eXIf".getBytes(StandardCharsets.US_ASCII))
                .put(exif)
                .array();
        CRC32 crc = new CRC32();
        crc.update(typed);
        int afterHeader = 33;
        ByteBuffer turned = ByteBuffer.allocate(png.length + typed.length + 8);
        turned.put(png, 0, afterHeader).putInt(exif.length).put(typed).putInt((int) crc.getValue());
        turned.put(png, afterHeader, png.length - afterHeader);
        return file("turned.png", turned.array());
    }

    /** A TIFF structure, big endian, with the orientation tag alone. */
    private static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .array();
    }

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, random.nextInt());
        }
        return image;
    }

    private Path written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return file("image." + format, bytes.toByteArray());
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
