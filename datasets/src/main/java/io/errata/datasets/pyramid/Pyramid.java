package io.errata.datasets.pyramid;

import io.errata.datasets.image.Pixels;
import io.errata.datasets.image.Resizing;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All levels of one image.
 *
 * @param levels one for each shape of the geometry, in its order
 */
public record Pyramid(List<Level> levels) {

    public Pyramid {
        levels = List.copyOf(levels);
    }

    /** Resizes an image to every level: area averaging along an axis that shrinks, bilinear along one that grows. */
    public static Pyramid of(Pixels image, WindowGeometry geometry) {
        List<LevelGrid> grids = IntStream.range(0, geometry.levels())
                .mapToObj(level -> geometry.grid(level, image.width(), image.height()))
                .toList();
        try (Resizing resizing = Resizing.of(image)) {
            return new Pyramid(grids.stream()
                    .map(grid -> new Level(grid, resizing.to(grid.width(), grid.height(), geometry.border())))
                    .toList());
        }
    }

    public Level level(int index) {
        return levels.get(index);
    }

    /** The bytes that its pixels take. */
    public long bytes() {
        return levels.stream().mapToLong(level -> level.pixels().length).sum();
    }
}
