package io.errata.datasets.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Scenes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LevelGridTest {

    /** Objects of 32 × 16 pixels fill 16 × 16 of a patch of 24: images shrink to a half in width and stay in height. */
    private static final WindowGeometry WIDE = new WindowGeometry(24, 4, 1.5, List.of(new WindowShape(32, 16)));

    @Test
    void placesWindowsByHand() {
        LevelGrid grid = WIDE.grid(0, 100, 60);

        assertThat(grid.width()).isEqualTo(50);
        assertThat(grid.height()).isEqualTo(60);
        assertThat(grid.paddedWidth()).isEqualTo(74);
        assertThat(grid.paddedHeight()).isEqualTo(84);
        // (74 − 24) / 4 + 1 and (84 − 24) / 4 + 1
        assertThat(grid.columns()).isEqualTo(13);
        assertThat(grid.rows()).isEqualTo(16);
        assertThat(grid.windows()).isEqualTo(208);
        assertThat(WIDE.windows(100, 60)).isEqualTo(208);
        assertThat(grid.scaleX()).isEqualTo(0.5);
        assertThat(grid.scaleY()).isEqualTo(1);
        assertThat(grid.frameWidth()).isEqualTo(32);
        assertThat(grid.frameHeight()).isEqualTo(16);
        // the first patch's centre is 12 of the padded level, which is the image's corner; each column is 4 / 0.5
        // further
        assertThat(grid.centreX(0)).isEqualTo(0);
        assertThat(grid.centreX(3)).isEqualTo(24);
        assertThat(grid.centreY(3)).isEqualTo(12);
        assertThat(grid.box(3, 3)).isEqualTo(new Box(8, 4, 40, 20));
        assertThat(grid.box(0, 0)).isEqualTo(new Box(0, 0, 16, 8));
        assertThat(grid.box(15, 12)).isEqualTo(new Box(80, 52, 100, 60));
    }

    @Test
    void hasOneWindowOnAnImageOfOnePixel() {
        LevelGrid grid = WIDE.grid(0, 1, 1);

        assertThat(grid.width()).isEqualTo(1);
        assertThat(grid.windows()).isEqualTo(1);
        assertThat(grid.box(0, 0)).isEqualTo(new Box(0, 0, 1, 1));
    }

    @Test
    void fillsThePaddedLevelForAnyGeometry() {
        SplittableRandom random = new SplittableRandom(21);
        for (int i = 0; i < 500; i++) {
            WindowGeometry geometry = Scenes.randomGeometry(random);
            LevelGrid grid = geometry.grid(0, random.nextInt(1, 300), random.nextInt(1, 300));
            assertThat(grid.rows()).isEqualTo((grid.paddedHeight() - geometry.patch()) / geometry.stride() + 1);
            assertThat(grid.columns()).isEqualTo((grid.paddedWidth() - geometry.patch()) / geometry.stride() + 1);
            int used = (grid.columns() - 1) * geometry.stride() + geometry.patch();
            assertThat(used).isBetween(grid.paddedWidth() - geometry.stride() + 1, grid.paddedWidth());
            assertThat(grid.centreX(0)).isBetween(0.0, 0.5 / grid.scaleX());
            assertThat(grid.centreX(grid.columns() - 1)).isLessThan(grid.imageWidth() + 1e-9);
            assertThat(grid.centreY(grid.rows() - 1)).isLessThan(grid.imageHeight() + 1e-9);
        }
    }

    @Test
    void neverFramesNothing() {
        SplittableRandom random = new SplittableRandom(22);
        for (int i = 0; i < 300; i++) {
            LevelGrid grid = Scenes.randomGeometry(random).grid(0, random.nextInt(1, 120), random.nextInt(1, 120));
            Box image = new Box(0, 0, grid.imageWidth(), grid.imageHeight());
            for (int column = 0; column < grid.columns(); column++) {
                for (int row = 0; row < grid.rows(); row += Math.max(1, grid.rows() - 1)) {
                    Box box = grid.box(row, column);
                    assertThat(box.isEmpty()).isFalse();
                    assertThat(box.intersection(image)).isEqualTo(box.area());
                }
            }
        }
    }

    @Test
    void hasWindowsForObjectsAtTheCorners() {
        WindowGeometry geometry = new WindowGeometry(32, 4, 1.5, List.of(new WindowShape(20, 20)));
        LevelGrid grid = geometry.grid(0, 203, 151);
        for (Box object : List.of(
                new Box(0, 0, 20, 20),
                new Box(183, 0, 203, 20),
                new Box(0, 131, 20, 151),
                new Box(183, 131, 203, 151))) {
            double best = 0;
            for (int row = 0; row < grid.rows(); row++) {
                for (int column = 0; column < grid.columns(); column++) {
                    best = Math.max(best, grid.box(row, column).iou(object));
                }
            }
            // half a stride is 1.9 pixels of the image; 18.1² / (2 · 20² − 18.1²) = 0.69
            assertThat(best).isGreaterThan(0.69);
        }
    }

    @Test
    void roundsTheLevelToWholePixelsAndFramesAccordingly() {
        WindowGeometry geometry = new WindowGeometry(32, 4, 1, List.of(new WindowShape(10, 10)));
        LevelGrid grid = geometry.grid(0, 7, 33);

        // 7 · 3.2 = 22.4 and 33 · 3.2 = 105.6
        assertThat(grid.width()).isEqualTo(22);
        assertThat(grid.height()).isEqualTo(106);
        assertThat(grid.frameWidth()).isCloseTo(32 * 7 / 22.0, within(1e-12));
        assertThat(grid.frameHeight()).isCloseTo(32 * 33 / 106.0, within(1e-12));
    }

    @Test
    void refusesLevelsTooLargeForMemoryOrKeys() {
        WindowGeometry tiny = new WindowGeometry(32, 4, 1.5, List.of(new WindowShape(0.1, 0.2)));
        assertThatThrownBy(() -> tiny.grid(0, 640, 480))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("objects of 0.100 × 0.200 on an image of 640 × 480")
                .hasMessageContaining("give boxes in pixels, or raise windows.smallest");

        WindowGeometry absurd = new WindowGeometry(32, 4, 1.5, List.of(new WindowShape(1e-12, 1e-12)));
        assertThatThrownBy(() -> absurd.grid(0, 640, 480)).isInstanceOf(InvalidInputException.class);

        WindowGeometry dense = new WindowGeometry(32, 1, 1, List.of(new WindowShape(32, 32)));
        assertThat(dense.grid(0, 65535, 1).columns()).isEqualTo(65536);
        assertThatThrownBy(() -> dense.grid(0, 65536, 1)).isInstanceOf(InvalidInputException.class);
    }
}
