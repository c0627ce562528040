package io.errata.datasets.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.Scenes;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PatchCutterTest {

    @Test
    void cutsTheLevelsOwnPixels() {
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 60; i++) {
            Level level = randomLevel(i, random);
            int patch = level.grid().geometry().patch();
            int stride = level.grid().geometry().stride();
            int row = random.nextInt(level.grid().rows());
            int column = random.nextInt(level.grid().columns());
            byte[] plain = new PatchCutter(patch).cut(level, row, column);
            byte[] upsideDown = new Flip(false, true).applied(new PatchCutter(patch).cut(level, row, column), patch);
            byte[] flipped = new Flip(true, false).applied(new PatchCutter(patch).cut(level, row, column), patch);
            for (int y = 0; y < patch; y++) {
                for (int x = 0; x < patch; x++) {
                    for (int c = 0; c < 3; c++) {
                        int width = level.grid().paddedWidth();
                        byte own = level.pixels()[3 * ((row * stride + y) * width + column * stride + x) + c];
                        assertThat(plain[3 * (y * patch + x) + c]).isEqualTo(own);
                        assertThat(flipped[3 * (y * patch + patch - 1 - x) + c]).isEqualTo(own);
                        assertThat(upsideDown[3 * ((patch - 1 - y) * patch + x) + c])
                                .isEqualTo(own);
                    }
                }
            }
        }
    }

    @Test
    void cutsEveryWindowOfTheGrid() {
        SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < 60; i++) {
            Level level = randomLevel(i, random);
            int patch = level.grid().geometry().patch();
            byte[] last = new PatchCutter(patch)
                    .cut(level, level.grid().rows() - 1, level.grid().columns() - 1);
            assertThat(last).hasSize(3 * patch * patch);
        }
    }

    @Test
    void resamplesAWindowsOwnPlaceExactly() {
        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < 60; i++) {
            Level level = randomLevel(i, random);
            LevelGrid grid = level.grid();
            int patch = grid.geometry().patch();
            int row = random.nextInt(grid.rows());
            int column = random.nextInt(grid.columns());
            double x = column * grid.geometry().stride() + patch / 2.0;
            double y = row * grid.geometry().stride() + patch / 2.0;

            assertThat(new PatchCutter(patch).resample(level, x, y, 1))
                    .containsExactly(new PatchCutter(patch).cut(level, row, column));
            // the same place by way of the image's coordinates, as jittered positives go
            byte[] byImage = new PatchCutter(patch)
                    .resample(
                            level,
                            grid.centreX(column) * grid.scaleX()
                                    + grid.geometry().border(),
                            grid.centreY(row) * grid.scaleY() + grid.geometry().border(),
                            1);
            assertThat(byImage).containsExactly(new PatchCutter(patch).cut(level, row, column));
        }
    }

    @Test
    void interpolatesAndRepeatsTheBorderOutside() {
        // the level is the image, red rises by 4 a column and green by 4 a row, with a border of 4 pixels
        WindowGeometry geometry = new WindowGeometry(8, 4, 1, List.of(new WindowShape(8, 8)));
        byte[] rgb = new byte[3 * 40 * 40];
        for (int i = 0; i < 40 * 40; i++) {
            rgb[3 * i] = (byte) (4 * (i % 40));
            rgb[3 * i + 1] = (byte) (4 * (i / 40));
        }
        Level level = Pyramid.of(new Pixels(40, 40, rgb), geometry).level(0);
        PatchCutter cutter = new PatchCutter(8);

        // pixel x of the patch lies at (x + .5 − 4) · 1.5 + 24 of the padded level; its value is 4 · (that − 4 − .5)
        byte[] enlarged = cutter.resample(level, 24, 20, 1.5).clone();
        for (int x = 0; x < 8; x++) {
            assertThat(enlarged[3 * x] & 0xff).isEqualTo((int) Math.round(4 * ((x - 3.5) * 1.5 + 19.5)));
            assertThat(enlarged[3 * 8 * x + 1] & 0xff).isEqualTo((int) Math.round(4 * ((x - 3.5) * 1.5 + 15.5)));
        }
        byte[] mirrored = new Flip(true, false)
                .applied(cutter.resample(level, 24, 20, 1.5), 8)
                .clone();
        for (int x = 0; x < 8; x++) {
            assertThat(mirrored[3 * x]).isEqualTo(enlarged[3 * (7 - x)]);
        }
        assertThat(cutter.resample(level, -500, -500, 1)).containsOnly(0);
        byte[] beyond = cutter.resample(level, 500, 20, 2);
        assertThat(beyond[0] & 0xff).isEqualTo(156);
    }

    private static Level randomLevel(int seed, SplittableRandom random) {
        WindowGeometry geometry = Scenes.randomGeometry(random);
        return Pyramid.of(Scenes.noise(seed, random.nextInt(5, 90), random.nextInt(5, 90)), geometry)
                .level(0);
    }
}
