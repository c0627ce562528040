package io.errata.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedImageTest {

    @Test
    void averagesAreasWhereItShrinks() {
        // two by two pixels become one: (10 + 20 + 30 + 40) / 4 in red, 7 in green, (0 + 255 + 0 + 255) / 4 in blue
        byte[] rgb = {10, 7, 0, 20, 7, -1, 30, 7, 0, 40, 7, -1};

        assertThat(resized(new Pixels(2, 2, rgb), 1, 1, 0)).containsExactly(25, 7, (byte) 128);
    }

    @Test
    void interpolatesWhereItGrows() {
        // centres of the four at 1/4, 3/4, 5/4 and 7/4 of two pixels at 1/2 and 3/2
        byte[] rgb = {0, 0, 0, 100, 100, 100};

        assertThat(reds(resized(new Pixels(2, 1, rgb), 4, 1, 0))).containsExactly(0, 25, 75, 100);
    }

    @Test
    void averagesAlongOneAxisWhereTheOtherGrows() {
        byte[] row = {0, 0, 0, 20, 20, 20, 100, 100, 100, 120, 120, 120};

        assertThat(reds(resized(new Pixels(4, 1, row), 1, 3, 0))).containsExactly(60, 60, 60);
        assertThat(reds(resized(new Pixels(1, 4, row), 3, 1, 0))).containsExactly(60, 60, 60);
        // shrunk to 0 and 120, then 1/4, 3/4, 5/4 and 7/4
        byte[] square = {0, 0, 0, 0, 0, 0, 100, 100, 100, -116, -116, -116};
        assertThat(reds(resized(new Pixels(2, 2, square), 1, 4, 0))).containsExactly(0, 30, 90, 120);
    }

    @Test
    void changesNothingAtTheSameSize() {
        Pixels image = Scenes.noise(1, 23, 17);

        assertThat(resized(image, 23, 17, 0)).containsExactly(image.rgb());
    }

    @Test
    void repeatsTheEdgeInTheBorder() {
        byte[] rgb = {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4};

        assertThat(reds(resized(new Pixels(2, 2, rgb), 2, 2, 2)))
                .containsExactly(
                        1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4, 3, 3,
                        3, 4, 4, 4);
    }

    @Test
    void resizesOneImageManyTimesAlike() {
        Pixels image = Scenes.noise(2, 40, 30);
        try (DecodedImage decoded = DecodedImage.of(image)) {
            byte[] first = decoded.resized(17, 21, 3);
            byte[] kept = first.clone();
            assertThat(decoded.resized(80, 5, 0)).hasSize(3 * 80 * 5);
            assertThat(decoded.resized(17, 21, 3)).containsExactly(first);
            assertThat(first).containsExactly(kept);
        }
        assertThat(image.rgb()).containsExactly(Scenes.noise(2, 40, 30).rgb());
    }

    /** Regions are resized by code of our own, whole images by OpenCV. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void resizesARegionToTheBitAsTheWhole(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            int width = 1 + random.nextInt(90);
            int height = 1 + random.nextInt(90);
            Pixels image = Scenes.noise(seed * 1000L + i, width, height);
            requireSameRegions(image, random, 1 + random.nextInt(130), 1 + random.nextInt(130));
            requireSameRegions(image, random, width, 1 + random.nextInt(130));
            requireSameRegions(image, random, width * 2, height * 2);
            requireSameRegions(image, random, width, height);
            int block = 1 + random.nextInt(4);
            int other = 1 + random.nextInt(4);
            Pixels blocks = Scenes.noise(seed, block * (1 + width / block), other * (1 + height / other));
            requireSameRegions(blocks, random, blocks.width() / block, blocks.height() / other);
            requireSameRegions(blocks, random, blocks.width() / block, blocks.height() + 7);
        }
    }

    private static void requireSameRegions(Pixels image, Random random, int width, int height) {
        int border = random.nextInt(20);
        try (DecodedImage decoded = DecodedImage.of(image)) {
            byte[] whole = decoded.resized(width, height, border);
            int rowBytes = 3 * (width + 2 * border);
            for (int i = 0; i < 4; i++) {
                int x = random.nextInt(border + width);
                int y = random.nextInt(border + height);
                Region region = new Region(
                        x,
                        y,
                        Math.max(border - x, 0) + 1 + random.nextInt(width + 2 * border - Math.max(x, border)),
                        Math.max(border - y, 0) + 1 + random.nextInt(height + 2 * border - Math.max(y, border)));
                byte[] part = decoded.resized(width, height, border, region);
                for (int row = 0; row < region.height(); row++) {
                    int from = (y + row) * rowBytes + 3 * x;
                    assertThat(Arrays.copyOfRange(part, row * 3 * region.width(), (row + 1) * 3 * region.width()))
                            .as(
                                    "%d × %d to %d × %d, row %d of %s",
                                    image.width(), image.height(), width, height, row, region)
                            .containsExactly(Arrays.copyOfRange(whole, from, from + 3 * region.width()));
                }
            }
        }
    }

    @Test
    void keepsNoNativeMemory() throws IOException {
        Pixels image = Scenes.noise(3, 400, 300);
        resizeOften(image, 2_000); // touches the whole heap, whose untouched part is no memory yet
        long before = nativeBytes();
        resizeOften(image, 2_000);
        long grown = nativeBytes() - before;
        System.out.println("native memory grew by " + (grown >> 20) + " MiB over 2,000 resizes");

        // kept: 360 kB for each image, 225 kB for each level and 281 kB for each with its border; 450 MB and more
        assertThat(grown).isLessThan(200L << 20);
    }

    private static void resizeOften(Pixels image, int times) {
        for (int i = 0; i < times; i++) {
            resized(image, 300, 250, 16);
        }
    }

    /** The memory of this process that is not swapped out, without Java's heap. */
    private static long nativeBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.isReadable(status), "this system does not tell a process its memory");
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                - Runtime.getRuntime().totalMemory();
    }

    private static byte[] resized(Pixels image, int width, int height, int border) {
        try (DecodedImage decoded = DecodedImage.of(image)) {
            return decoded.resized(width, height, border);
        }
    }

    private static int[] reds(byte[] rgb) {
        int[] reds = new int[rgb.length / 3];
        Arrays.setAll(reds, i -> rgb[3 * i] & 0xff);
        return reds;
    }
}
