package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Reading;
import io.errata.datasets.image.DrawnTiff;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras that store fewer than 16 bits in 16. */
class SixteenBitsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif"})
    void tellsHowManyBitsASetUsesAndLeavesItsDarkImagesOut(String ending) throws IOException {
        image("a." + ending, 100, 4095);
        image("b." + ending, 7, 1000);
        Samples.image(folder.resolve("c.png"), 4, 4);

        Reading reading = read("");

        assertThat(Samples.kinds(reading)).containsExactly("ambiguous-depth");
        assertThat(reading.problems().get(0).problem())
                .contains("at most 12 bits used by the 2 looked at of 2", "?bits=12 behind", "?bits=16 to take");
        assertThat(names(reading)).containsExactly("c.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif"})
    void readsAsManyBitsAsAreSaid(String ending) throws IOException {
        image("a." + ending, 0, 16, 2048, 4095);
        image("b." + ending, 100, 200);

        Reading reading = read("?bits=12");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.notes().stream().map(note -> note.text()))
                .contains("2 images of 16 bits are read as 12 bits");
        assertThat(reds(reading, 0)).containsExactly(0, 1, 128, 255);
        assertThat(reds(reading, 1)).containsExactly(6, 12);
        assertThat(reds(read("?bits=16"), 0)).containsExactly(0, 0, 8, 15);
        assertThat(read("?bits=16").problems()).isEmpty();
    }

    @Test
    void takesASetAsItIsWhereOneImageUsesAllBits() throws IOException {
        image("a.png", 100, 4095);
        image("b.png", 100, 40_000);

        Reading reading = read("");

        assertThat(reading.problems()).isEmpty();
        assertThat(names(reading)).containsExactly("a.png", "b.png");
        assertThat(reds(reading, 1)).containsExactly(0, 156);
    }

    @Test
    void takesBlackImagesAndEightBitsAsTheyAre() throws IOException {
        image("a.png", 0, 0);
        Samples.image(folder.resolve("c.png"), 4, 4);

        assertThat(read("").problems()).isEmpty();
        assertThat(read("?bits=12").problems()).isEmpty();
    }

    @Test
    void looksAtSomeOfManyImages() throws IOException {
        for (int i = 10; i < 50; i++) {
            image(i + ".png", 1000 + i);
        }

        assertThat(read("").problems().get(0).problem())
                .contains("at most 11 bits used by the 16 looked at of 40", "?bits=11");
    }

    @Test
    void refusesASampleOfMoreBits() throws IOException {
        image("a.png", 100, 4096);

        AnnotatedImage image = read("?bits=12").orThrow().images().get(0);

        assertThat(catchThrowable(image.source()::read))
                .hasMessageContaining("a.png: samples of 12 bits must be at most 4095, found 4096 in row 0");
    }

    @ParameterizedTest
    @CsvSource({"7", "17", "12.5", "many", "''"})
    void refusesOtherNumbersOfBits(String bits) {
        assertThat(catchThrowable(() -> read("?bits=" + bits)))
                .hasMessageContaining("must have bits that are an integer in [8, 16], but has " + bits);
    }

    @Test
    void opensNoImageWhereNoneIsToBeOpened() throws IOException {
        image("a.png", 100, 4095);
        Path csv = Samples.text(
                folder.resolve("a.csv"), "filename,width,height,class,xmin,ymin,xmax,ymax\na.png,2,1,cell,0,0,1,1\n");

        assertThat(Samples.kinds(DatasetSpec.parse("csv:" + csv).read())).containsExactly("ambiguous-depth");
        assertThat(Samples.kinds(DatasetSpec.parse("csv:" + csv).readAnnotations()))
                .isEmpty();
    }

    private Reading read(String settings) {
        return DatasetSpec.parse("images:" + folder + settings).read();
    }

    private static List<String> names(Reading reading) {
        return reading.dataset().images().stream().map(AnnotatedImage::name).toList();
    }

    private static int[] reds(Reading reading, int image) {
        byte[] rgb = reading.dataset().images().get(image).source().read().rgb();
        int[] reds = new int[rgb.length / 3];
        Arrays.setAll(reds, i -> rgb[3 * i] & 0xFF);
        return reds;
    }

    /** A row of these samples. */
    private void image(String name, int... samples) throws IOException {
        if (name.endsWith(".tif")) {
            ByteBuffer row = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
            for (int sample : samples) {
                row.putShort((short) sample);
            }
            Files.write(folder.resolve(name), new DrawnTiff(samples.length, 1, 16).file(row.array()));
            return;
        }
        BufferedImage image = new BufferedImage(samples.length, 1, BufferedImage.TYPE_USHORT_GRAY);
        for (int x = 0; x < samples.length; x++) {
            image.getRaster().setSample(x, 0, 0, samples[x]);
        }
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
}
