package io.errata.datasets.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.Scenes;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PyramidTest {

    @Test
    void hasALevelOfTheGridsSizeForEveryShape() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 50; i++) {
            WindowGeometry geometry = Scenes.randomGeometry(random);
            Pixels image = Scenes.noise(i, random.nextInt(1, 90), random.nextInt(1, 90));
            Pyramid pyramid = Pyramid.of(image, geometry);
            assertThat(pyramid.levels()).hasSize(geometry.levels());
            long bytes = 0;
            for (int level = 0; level < geometry.levels(); level++) {
                LevelGrid grid = geometry.grid(level, image.width(), image.height());
                assertThat(pyramid.level(level).grid()).isEqualTo(grid);
                assertThat(pyramid.level(level).pixels()).hasSize(3 * grid.paddedWidth() * grid.paddedHeight());
                bytes += pyramid.level(level).pixels().length;
            }
            assertThat(pyramid.bytes()).isEqualTo(bytes);
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
