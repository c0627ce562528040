package io.errata.datasets.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.synthetic.SyntheticDatasets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerceptualHashTest {

    @TempDir
    Path folder;

    @Test
    void staysTheSameForACompressedADarkerAndASmallerCopy() {
        Pixels image = drawn(1).get(0);
        ImageFile.write(image, folder.resolve("a.jpg"));
        PerceptualHash hash = hash(image);

        for (Pixels copy : List.of(new ImageFile(folder.resolve("a.jpg")).read(), darker(image), halved(image))) {
            assertThat(hash(copy).distance(hash)).isLessThanOrEqualTo(4);
            assertThat(hash(copy).isNear(hash)).isTrue();
        }
    }

    @Test
    void tellsDrawnImagesApart() {
        List<PerceptualHash> hashes =
                drawn(20).stream().map(PerceptualHashTest::hash).toList();

        for (int i = 0; i < hashes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(hashes.get(i).isNear(hashes.get(j))).isFalse();
            }
        }
    }

    @Test
    void correlatesAsPearsonDoes() {
        PerceptualHash rising = hash(ramp(1));
        assertThat(rising.correlation(hash(ramp(1)))).isCloseTo(1, within(1e-12));
        assertThat(rising.correlation(hash(ramp(-1)))).isCloseTo(-1, within(1e-3));
        assertThat(rising.distance(hash(ramp(-1)))).isGreaterThan(PerceptualHash.MAX_DISTANCE);
    }

    @Test
    void knowsNoLikenessOfAnImageThatShowsNothing() {
        assertThat(PerceptualHash.of(new Pixels(50, 40, new byte[3 * 50 * 40]))).isEmpty();
    }

    @Test
    void takesAnImageSmallerThanItsGrid() {
        byte[] rgb = new byte[3 * 5 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (17 * i);
        }
        assertThat(PerceptualHash.of(new Pixels(5, 3, rgb))).isPresent();
    }

    /** Every hash is near itself, so that looking all up must give at least what comparing all gives. */
    @Test
    void findsByTheIndexWhatComparingAllFinds() {
        SplittableRandom random = new SplittableRandom(3);
        Pixels image = drawn(1).get(0);
        List<PerceptualHash> all = new ArrayList<>();
        PerceptualHashIndex index = new PerceptualHashIndex();
        for (int i = 0; i < 300; i++) {
            PerceptualHash noisy = hash(noisy(image, random, i / 20));
            all.add(noisy);
            index.add(noisy);
        }
        int pairs = 0;
        for (PerceptualHash one : all) {
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (one.isNear(all.get(i))) {
                    expected.add(i);
                }
            }
            assertThat(index.near(one)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(one.distance(all.get(index.near(one).get(0)))).isZero();
            pairs += expected.size();
        }
        assertThat(pairs).as("some near, some not").isBetween(400, 80_000);
    }

    private static List<Pixels> drawn(int images) {
        return SyntheticDatasets.create("smear", Map.of("images", "" + images)).images().stream()
                .map(AnnotatedImage::source)
                .map(source -> source.read())
                .toList();
    }

    private static PerceptualHash hash(Pixels pixels) {
        return PerceptualHash.of(pixels).orElseThrow();
    }

    private static Pixels darker(Pixels image) {
        byte[] rgb = image.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((rgb[i] & 0xFF) * 0.7);
        }
        return new Pixels(image.width(), image.height(), rgb);
    }

    private static Pixels halved(Pixels image) {
        ImageSize half = new ImageSize(image.width() / 2, image.height() / 2);
        byte[] rgb = new byte[3 * half.width() * half.height()];
        for (int i = 0; i < rgb.length; i++) {
            int x = 2 * (i / 3 % half.width());
            int y = 2 * (i / 3 / half.width());
            rgb[i] = image.rgb()[3 * (y * image.width() + x) + i % 3];
        }
        return new Pixels(half.width(), half.height(), rgb);
    }

    /** Fields of 30 × 30 pixels made lighter or darker. */
    private static Pixels noisy(Pixels image, SplittableRandom random, int amplitude) {
        int[] shift = random.ints(10_000, -amplitude, amplitude + 1).toArray();
        byte[] rgb = image.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % image.width() / 30;
            int y = i / 3 / image.width() / 30;
            rgb[i] = (byte) Math.max(0, Math.min(255, (rgb[i] & 0xFF) + shift[100 * y + x]));
        }
        return new Pixels(image.width(), image.height(), rgb);
    }

    /** Brightness that rises or falls to the right and, less so, downwards. */
    private static Pixels ramp(int sign) {
        byte[] rgb = new byte[3 * 64 * 64];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (128 + sign * (i / 3 % 64 + i / 3 / 64 / 4 - 40));
        }
        return new Pixels(64, 64, rgb);
    }
}
