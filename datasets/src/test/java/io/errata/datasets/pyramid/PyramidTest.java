package io.errata.datasets.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.Scenes;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.patch.PatchCutter;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PyramidTest {

    @Test
    void hasALevelOfTheGridsSizeForEveryShape() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 50; i++) {
            WindowGeometry geometry = Scenes.randomGeometry(random);
            Pixels image = Scenes.noise(i, random.nextInt(1, 90), random.nextInt(1, 90));
            try (Pyramid pyramid = Pyramid.of(image, geometry)) {
                for (int level = 0; level < geometry.levels(); level++) {
                    LevelGrid grid = geometry.grid(level, image.width(), image.height());
                    assertThat(pyramid.grid(level)).isEqualTo(grid);
                    assertThat(pyramid.level(level).grid()).isEqualTo(grid);
                    assertThat(pyramid.level(level).pixels()).hasSize(3 * grid.paddedWidth() * grid.paddedHeight());
                }
            }
        }
    }

    @Test
    void makesTilesThatTogetherHaveEachWindowOnceWithTheLevelsOwnPixels() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 60; i++) {
            WindowGeometry geometry = Scenes.randomGeometry(random);
            Pixels image = Scenes.noise(i, random.nextInt(1, 150), random.nextInt(1, 150));
            int patch = geometry.patch();
            try (Pyramid pyramid = Pyramid.of(image, geometry)) {
                for (int index = 0; index < geometry.levels(); index++) {
                    long most = (long) patch * patch * random.nextInt(1, 12);
                    requireTiles(pyramid, pyramid.level(index), most);
                }
            }
        }
    }

    private static void requireTiles(Pyramid pyramid, Level whole, long mostPixels) {
        LevelGrid grid = whole.grid();
        int patch = grid.geometry().patch();
        Set<Long> seen = new HashSet<>();
        for (LevelGrid tile : grid.tiles(mostPixels)) {
            if (!tile.equals(grid)) { // a whole level may have some pixels at its end that are in no window
                assertThat((long) tile.paddedWidth() * tile.paddedHeight()).isLessThanOrEqualTo(mostPixels);
            }
            Level part = pyramid.level(tile);
            for (int window = 0; window < tile.windows(); window++) {
                long key = tile.key(3, window);
                assertThat(seen.add(key)).isTrue();
                assertThat(tile.has(key)).isTrue();
                assertThat(tile.index(key)).isEqualTo(window);
                int row = window / tile.columns();
                int column = window % tile.columns();
                assertThat(tile.box(row, column)).isEqualTo(grid.box(WindowKey.row(key), WindowKey.column(key)));
                assertThat(new PatchCutter(patch).cut(part, row, column))
                        .containsExactly(new PatchCutter(patch).cut(whole, WindowKey.row(key), WindowKey.column(key)));
            }
        }
        assertThat(seen).hasSize(grid.windows());
        assertThat(grid.bands(50).stream().mapToInt(LevelGrid::windows).sum()).isEqualTo(grid.windows());
    }

    @Test
    void makesTilesThatOverlapLittle() {
        WindowGeometry geometry = new WindowGeometry(32, 4, 1.5, List.of(new WindowShape(16, 16)));
        for (int[] size : new int[][] {{6000, 4500}, {20_000, 20_000}, {50_000, 400}, {300, 60_000}, {1000, 700}}) {
            LevelGrid level = geometry.grid(0, size[0], size[1]);
            long pixels = level.tiles(1 << 19).stream()
                    .mapToLong(tile -> (long) tile.paddedWidth() * tile.paddedHeight())
                    .sum();
            assertThat((double) pixels / ((long) level.paddedWidth() * level.paddedHeight()))
                    .isLessThan(1.1);
        }
    }

    @Test
    void holdsTheImageItselfWithinItsRepeatedEdge() {
        // objects of 20 pixels fill 20 of a patch of 20: the level is the image
        WindowGeometry geometry = new WindowGeometry(20, 5, 1, List.of(new WindowShape(20, 20)));
        Pixels image = Scenes.noise(4, 37, 29);
        Level level = Pyramid.of(image, geometry).level(0);

        for (int y = 0; y < 29 + 20; y++) {
            for (int x = 0; x < 37 + 20; x++) {
                int ownX = Math.min(Math.max(x - 10, 0), 36);
                int ownY = Math.min(Math.max(y - 10, 0), 28);
                for (int c = 0; c < 3; c++) {
                    assertThat(level.pixels()[3 * (y * 57 + x) + c]).isEqualTo(image.rgb()[3 * (ownY * 37 + ownX) + c]);
                }
            }
        }
    }
}
