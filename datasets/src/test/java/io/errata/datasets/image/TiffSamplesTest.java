package io.errata.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFF files of all kinds of numbers, and BigTIFF. */
class TiffSamplesTest {

    private static final int SAMPLE_FORMAT = 339;
    private static final int ORIENTATION = 274;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"little", "big"})
    void readsFractionsOfWhite(String order) throws IOException {
        DrawnTiff single = ordered(new DrawnTiff(3, 1, 32), order).with(SAMPLE_FORMAT, 3);
        ByteBuffer floats = ByteBuffer.allocate(12).order(single.order());
        floats.putFloat(0).putFloat(0.5f).putFloat(1.000001f);
        DrawnTiff twice = ordered(new DrawnTiff(3, 1, 64), order).with(SAMPLE_FORMAT, 3);
        ByteBuffer doubles = ByteBuffer.allocate(24).order(twice.order());
        doubles.putDouble(0).putDouble(0.5).putDouble(1);

        assertThat(reds(file(single.file(floats.array())))).containsExactly(0, 128, 255);
        assertThat(reds(file(twice.file(doubles.array())))).containsExactly(0, 128, 255);
    }

    @Test
    void readsFractionsOfRedGreenAndBlue() throws IOException {
        DrawnTiff tiff = new DrawnTiff(1, 1, 32).inColour().with(SAMPLE_FORMAT, 3, 3, 3);
        ByteBuffer pixel = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        pixel.putFloat(1).putFloat(0.2f).putFloat(0.4f);

        assertThat(new ImageFile(file(tiff.file(pixel.array()))).read().rgb())
                .containsExactly((byte) 255, (byte) 51, (byte) 102);
    }

    @ParameterizedTest
    @CsvSource({"213.75, 213.75", "-0.5, -0.5", "NaN, NaN", "Infinity, Infinity"})
    void refusesWhatIsNoFraction(float sample, String found) throws IOException {
        DrawnTiff tiff = new DrawnTiff(1, 1, 32).with(SAMPLE_FORMAT, 3);
        ByteBuffer pixel = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(sample);

        Problem problem = problem(file(tiff.file(pixel.array())));

        assertThat(problem.kind()).isEqualTo("unsupported-samples");
        assertThat(problem.problem())
                .contains(
                        "floating-point numbers of 32 bits", "from 0 (black) to 1 (white)", "found " + found, "row 0");
    }

    @ParameterizedTest
    @CsvSource({
        "16, 3, floating-point numbers of 16 bits",
        "8, 2, signed integers of 8 bits",
        "16, 2, signed integers of 16 bits",
        "32, 2, signed integers of 32 bits",
        "32, 1, unsigned integers of 32 bits",
        "64, 6, complex numbers of 64 bits"
    })
    void tellsOtherNumbersByTheHeader(int bits, int format, String found) throws IOException {
        Path file = file(new DrawnTiff(2, 2, bits).with(SAMPLE_FORMAT, format).file(new byte[bits / 2]));

        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> ImageFile.size(file));

        assertThat(refused.problems().get(0).kind()).isEqualTo("unsupported-samples");
        assertThat(refused.problems().get(0).problem())
                .contains("found " + found, "store it as unsigned integers of 8 or 16 bits");
    }

    /** Twelve bits that are packed are known to be twelve. */
    @Test
    void readsPackedBits() throws IOException {
        byte[] packed = {(byte) 0xFF, (byte) 0xF8, 0x00}; // FFF, 800

        assertThat(reds(file(new DrawnTiff(2, 1, 12).file(packed)))).containsExactly(255, 128);
    }

    @Test
    void readsNegatives() throws IOException {
        assertThat(reds(file(new DrawnTiff(2, 1, 8).with(262, 0).file(new byte[] {0, (byte) 200}))))
                .containsExactly(255, 55);
        byte[] fractions = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0)
                .putFloat(0.2f)
                .array();
        assertThat(reds(file(new DrawnTiff(2, 1, 32)
                        .with(262, 0)
                        .with(SAMPLE_FORMAT, 3)
                        .file(fractions))))
                .containsExactly(255, 204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"little", "big"})
    void readsBigTiff(String order) throws IOException {
        byte[] pixels = {10, 20, 30, 40, 50, 60};

        assertThat(reds(file(ordered(new DrawnTiff(3, 2, 8), order).big().file(pixels))))
                .containsExactly(10, 20, 30, 40, 50, 60);
        assertThat(reds(file(ordered(new DrawnTiff(3, 2, 8), order).inLongs().file(pixels))))
                .containsExactly(10, 20, 30, 40, 50, 60);
        Path turned = file(ordered(new DrawnTiff(3, 2, 8), order)
                .big()
                .with(ORIENTATION, 6)
                .file(pixels));
        assertThat(ImageFile.size(turned)).isEqualTo(new ImageSize(2, 3));
        assertThat(reds(turned)).containsExactly(40, 10, 50, 20, 60, 30);
    }

    /** The header's reader and the decoder never disagree on how a picture is turned, whatever its numbers are. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 300})
    void turnsAllNumbersAlike(int orientation) throws IOException {
        byte[] pixels = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255};
        ByteBuffer fractions = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer sixteen = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        for (byte pixel : pixels) {
            fractions.putFloat((pixel & 0xFF) / 255f);
            sixteen.putShort((short) (257 * (pixel & 0xFF)));
        }
        int[] expected =
                reds(file(new DrawnTiff(3, 2, 8).with(ORIENTATION, orientation).file(pixels)));

        assertThat(reds(file(
                        new DrawnTiff(3, 2, 16).with(ORIENTATION, orientation).file(sixteen.array()))))
                .containsExactly(expected);
        assertThat(reds(file(new DrawnTiff(3, 2, 32)
                        .with(ORIENTATION, orientation)
                        .with(SAMPLE_FORMAT, 3)
                        .file(fractions.array()))))
                .containsExactly(expected);
        if (orientation < 2 || orientation > 8) {
            assertThat(expected).containsExactly(0, 51, 102, 153, 204, 255);
        }
    }

    @Test
    void survivesAnyDamageToADirectory() throws IOException {
        for (byte[] whole : new byte[][] {
            new DrawnTiff(3, 2, 8).file(new byte[6]),
            new DrawnTiff(3, 2, 8).inLongs().file(new byte[6]),
            new DrawnTiff(3, 2, 8).inColour().with(ORIENTATION, 6).file(new byte[18])
        }) {
            for (int i = 2; i < whole.length; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= (byte) 0xA5;
                survives(damaged);
                survives(Arrays.copyOf(whole, i));
            }
        }
    }

    private void survives(byte[] bytes) throws IOException {
        Path file = file(bytes);
        try {
            Pixels pixels = new ImageFile(file, 1_000_000).read();
            assertThat(ImageFile.size(file)).isEqualTo(new ImageSize(pixels.width(), pixels.height()));
        } catch (InvalidInputException e) {
            assertThat(e.problems()).hasSize(1);
        }
    }

    private static DrawnTiff ordered(DrawnTiff tiff, String order) {
        return tiff.in(order.equals("little") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private static int[] reds(Path file) {
        Pixels pixels = new ImageFile(file).read();
        assertThat(ImageFile.size(file)).isEqualTo(new ImageSize(pixels.width(), pixels.height()));
        int[] reds = new int[pixels.width() * pixels.height()];
        Arrays.setAll(reds, i -> pixels.rgb()[3 * i] & 0xFF);
        return reds;
    }

    private static Problem problem(Path file) {
        InvalidInputException refused =
                catchThrowableOfType(InvalidInputException.class, () -> new ImageFile(file).read());
        return refused.problems().get(0);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.tif"), bytes);
    }
}
